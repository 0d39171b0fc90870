/**
 * Charts from numbers: {@link dev.datastudio.core.chart.Charts} makes them,
 * {@link dev.datastudio.core.chart.Java2dChartRenderer} draws them as PNG and SVG, and
 * {@link dev.datastudio.core.chart.PlotlyJson} writes them as figures for the browser.
 *
 * <pre>{@code
 * Chart chart = Charts.histogram(ChartText.of("Distribution of Age"), Axis.of("Age", ValueFormat.number("years")), ages);
 * byte[] png = new Java2dChartRenderer().render(chart, ChartFormat.PNG, ChartStyle.DEFAULT);
 * }</pre>
 */
@NullMarked
package dev.datastudio.core.chart;

import org.jspecify.annotations.NullMarked;
