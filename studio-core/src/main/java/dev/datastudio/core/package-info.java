/**
 * The kernel: {@link dev.datastudio.core.Studio} opens a workspace and gives its data sets, SQL, charts, artifacts and
 * caches.
 *
 * <pre>{@code
 * try (Studio studio = Studio.open()) {
 *     Dataset sales = studio.datasets().importFile(Path.of("sales.csv"));
 *     QueryResult rows = studio.query(List.of(sales), "SELECT region, sum(sales) FROM sales GROUP BY region");
 * }
 * }</pre>
 */
@NullMarked
package dev.datastudio.core;

import org.jspecify.annotations.NullMarked;
