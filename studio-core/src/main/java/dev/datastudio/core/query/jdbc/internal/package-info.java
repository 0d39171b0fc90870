/**
 * How {@link dev.datastudio.core.query.JdbcQueryEngine} works: the gate of each dialect, sessions that can only read, and
 * values and errors in Studio's terms.
 */
@NullMarked
package dev.datastudio.core.query.jdbc.internal;

import org.jspecify.annotations.NullMarked;
