/**
 * Charts as values: a {@link dev.datastudio.api.chart.Chart} holds numbers that are computed already, and a
 * {@link dev.datastudio.api.chart.ChartRenderer} draws them.
 *
 * <p>Every picture of a chart (PNG, SVG, the browser's Plotly figure) is made from the same record, so all show the
 * same bins, quartiles and lines. Missing values among numbers are {@link Double#NaN}; moments are milliseconds since
 * 1970-01-01T00:00Z.
 */
@NullMarked
package dev.datastudio.api.chart;

import org.jspecify.annotations.NullMarked;
