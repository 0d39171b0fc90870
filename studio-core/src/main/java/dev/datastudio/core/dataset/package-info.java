/**
 * Data sets: import of files and Java objects, the catalogue of what was imported, and its rows. Start at
 * {@link dev.datastudio.core.dataset.Datasets}.
 */
@NullMarked
package dev.datastudio.core.dataset;

import org.jspecify.annotations.NullMarked;
