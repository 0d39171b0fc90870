/**
 * One view of whatever has tables, an imported data set or a connected database, for what works on both: {@link
 * dev.datastudio.core.table.TableSources}.
 */
@NullMarked
package dev.datastudio.core.table;

import org.jspecify.annotations.NullMarked;
