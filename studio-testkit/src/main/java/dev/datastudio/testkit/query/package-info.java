/**
 * The contract of query engines: {@link dev.datastudio.testkit.query.QueryEngineContract}, and the statements it tries:
 * {@link dev.datastudio.testkit.query.HostileSql}, {@link dev.datastudio.testkit.query.AnalyticalSql}.
 */
@NullMarked
package dev.datastudio.testkit.query;

import org.jspecify.annotations.NullMarked;
