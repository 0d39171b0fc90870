/** Entries as values, for the features that keep them. */
@NullMarked
package dev.datastudio.core.metadata.internal;

import org.jspecify.annotations.NullMarked;
