package dev.datastudio.core.chart;

import dev.datastudio.api.chart.AreaChart;
import dev.datastudio.api.chart.BarChart;
import dev.datastudio.api.chart.BoxChart;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.ChartFormat;
import dev.datastudio.api.chart.ChartRenderer;
import dev.datastudio.api.chart.ChartStyle;
import dev.datastudio.api.chart.CustomChart;
import dev.datastudio.api.chart.DensityChart;
import dev.datastudio.api.chart.HeatmapChart;
import dev.datastudio.api.chart.HistogramChart;
import dev.datastudio.api.chart.LineChart;
import dev.datastudio.api.chart.PairChart;
import dev.datastudio.api.chart.PieChart;
import dev.datastudio.api.chart.ScatterChart;
import dev.datastudio.api.chart.ViolinChart;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.chart.internal.Fonts;
import dev.datastudio.core.chart.internal.Pictures;
import dev.datastudio.core.chart.internal.Scene;
import dev.datastudio.core.chart.internal.Scenes;
import java.util.Objects;
import java.util.Set;

/**
 * Draws charts with the JDK alone: one layout gives a list of shapes and texts, written as PNG through Java2D or as
 * SVG. Needs a font on the machine, but no screen. Custom figures are drawn where they are of one kind of trace on one
 * pair of axes, else refused with {@code CHART_UNSUPPORTED}. Thread-safe.
 */
public final class Java2dChartRenderer implements ChartRenderer {
    private static final Set<ChartFormat> FORMATS = Set.of(ChartFormat.PNG, ChartFormat.SVG);
    private static final Set<Class<? extends Chart>> KINDS = Set.of(
            HistogramChart.class,
            BarChart.class,
            LineChart.class,
            ScatterChart.class,
            BoxChart.class,
            PieChart.class,
            DensityChart.class,
            HeatmapChart.class,
            ViolinChart.class,
            AreaChart.class,
            PairChart.class,
            CustomChart.class);

    private final Fonts fonts = new Fonts();

    @Override
    public String name() {
        return "java2d";
    }

    @Override
    public Set<ChartFormat> formats() {
        return FORMATS;
    }

    @Override
    public Set<Class<? extends Chart>> kinds() {
        return KINDS;
    }

    @Override
    public byte[] render(Chart chart, ChartFormat format, ChartStyle style) {
        Objects.requireNonNull(format, "format");
        if (!KINDS.contains(chart.getClass())) {
            throw new StudioException(
                    ErrorCode.CHART_UNSUPPORTED,
                    "The renderer 'java2d' draws no chart of the kind " + StudioException.quote(chart.kind()),
                    "Show it in the browser, or choose another kind of chart");
        }
        Scene scene = Scenes.of(chart, style, fonts);
        return format == ChartFormat.PNG ? Pictures.png(scene, style.scale(), fonts) : Pictures.svg(scene);
    }
}
