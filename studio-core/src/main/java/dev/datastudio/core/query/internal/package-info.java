/** The gate that statements pass, and how DuckDB is opened, watched and read. */
@NullMarked
package dev.datastudio.core.query.internal;

import org.jspecify.annotations.NullMarked;
