/** How an import works: the text of a file, what its columns hold, its table in DuckDB, its row in the catalogue. */
@NullMarked
package dev.datastudio.core.dataset.internal;

import org.jspecify.annotations.NullMarked;
