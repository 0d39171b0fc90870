/**
 * Writes data sets and the rows of queries into files: {@link dev.datastudio.core.export.Exports}.
 *
 * <p>An export streams: memory does not grow with the rows. It is whole or not there.
 */
@NullMarked
package dev.datastudio.core.export;

import org.jspecify.annotations.NullMarked;
