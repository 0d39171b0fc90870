/**
 * SQL over imported data: {@link dev.datastudio.core.query.DuckDbQueryEngine} answers statements over a fixed set of
 * tables, {@link dev.datastudio.core.query.QueryEngines} keeps a bounded number of them open.
 *
 * <pre>{@code
 * try (QueryEngine engine = DuckDbQueryEngine.open(List.of(new DuckDbTable("sales", file)))) {
 *     QueryResult result = engine.execute(Query.of("SELECT count(*) FROM sales"), Cancellation.none());
 * }
 * }</pre>
 */
@NullMarked
package dev.datastudio.core.query;

import org.jspecify.annotations.NullMarked;
