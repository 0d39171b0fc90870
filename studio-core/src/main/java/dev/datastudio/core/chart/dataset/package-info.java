/**
 * Charts straight from data sets: a {@link dev.datastudio.core.chart.dataset.ChartRequest} names columns and, if wanted, a
 * kind; {@link dev.datastudio.core.chart.dataset.DatasetCharts} has the numbers computed by SQL and gives the chart with
 * the reason for its kind.
 *
 * <pre>{@code
 * try (EngineLease lease = studio.engine(List.of(penguins))) {
 *     DatasetCharts charts = DatasetCharts.of(lease.engine());
 *     Chart chart = charts.draw(penguins, ChartRequest.of(ChartKind.VIOLIN).x("Body Mass (g)").group("Species").build()).chart();
 * }
 * }</pre>
 */
@NullMarked
package dev.datastudio.core.chart.dataset;

import org.jspecify.annotations.NullMarked;
