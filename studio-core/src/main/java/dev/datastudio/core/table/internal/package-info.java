/** Tables of data sets and of databases. */
@NullMarked
package dev.datastudio.core.table.internal;

import org.jspecify.annotations.NullMarked;
