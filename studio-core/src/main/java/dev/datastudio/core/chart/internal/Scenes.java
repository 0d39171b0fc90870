package dev.datastudio.core.chart.internal;

import dev.datastudio.api.chart.AreaChart;
import dev.datastudio.api.chart.BarChart;
import dev.datastudio.api.chart.BoxChart;
import dev.datastudio.api.chart.Chart;
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
import dev.datastudio.core.chart.internal.Mark.Anchor;
import dev.datastudio.core.chart.internal.Sheet.LegendEntry;
import dev.datastudio.core.chart.internal.figure.FigureCharts;
import java.util.List;

/** Lays out a chart of any kind as a scene. The one place that knows which painter draws which kind. */
public final class Scenes {
    private static final String NOTHING = "No values to show";

    private Scenes() {}

    /** The picture of a chart in a style, with texts as wide as the measure says. */
    public static Scene of(Chart chart, ChartStyle style, TextMeasure measure) {
        if (chart instanceof CustomChart custom && !custom.isEmpty()) {
            return of(FigureCharts.of(custom), style, measure);
        }
        Canvas canvas = new Canvas(style, measure);
        Area area = Sheet.draw(canvas, chart.text(), chart.isEmpty() ? List.of() : legend(chart));
        if (chart.isEmpty()) {
            canvas.label(
                    (area.left() + area.right()) / 2,
                    (area.top() + area.bottom()) / 2,
                    NOTHING,
                    14,
                    Palette.QUIET,
                    Anchor.MIDDLE,
                    "empty");
        } else {
            paint(canvas, area, chart);
        }
        String description = chart.text().altText().isEmpty()
                ? Descriptions.of(chart, style.locale())
                : chart.text().altText();
        return new Scene(
                canvas.width,
                canvas.height,
                Words.clean(chart.text().title()),
                Words.clean(description),
                canvas.marks());
    }

    private static List<LegendEntry> legend(Chart chart) {
        if (chart instanceof BarChart bar) {
            return BarPainter.legend(bar);
        }
        if (chart instanceof LineChart line) {
            return LinePainter.legend(line);
        }
        if (chart instanceof ScatterChart scatter) {
            return ScatterPainter.legend(scatter);
        }
        if (chart instanceof DensityChart density) {
            return DensityPainter.legend(density);
        }
        if (chart instanceof AreaChart areas) {
            return AreaPainter.legend(areas);
        }
        if (chart instanceof PairChart pair) {
            return PairPainter.legend(pair);
        }
        return List.of();
    }

    private static void paint(Canvas canvas, Area area, Chart chart) {
        if (chart instanceof HistogramChart histogram) {
            HistogramPainter.paint(canvas, area, histogram);
        } else if (chart instanceof BarChart bar) {
            BarPainter.paint(canvas, area, bar);
        } else if (chart instanceof LineChart line) {
            LinePainter.paint(canvas, area, line);
        } else if (chart instanceof ScatterChart scatter) {
            ScatterPainter.paint(canvas, area, scatter);
        } else if (chart instanceof BoxChart box) {
            BoxPainter.paint(canvas, area, box);
        } else if (chart instanceof PieChart pie) {
            PiePainter.paint(canvas, area, pie);
        } else if (chart instanceof DensityChart density) {
            DensityPainter.paint(canvas, area, density);
        } else if (chart instanceof HeatmapChart heatmap) {
            HeatmapPainter.paint(canvas, area, heatmap);
        } else if (chart instanceof ViolinChart violin) {
            ViolinPainter.paint(canvas, area, violin);
        } else if (chart instanceof AreaChart areas) {
            AreaPainter.paint(canvas, area, areas);
        } else if (chart instanceof PairChart pair) {
            PairPainter.paint(canvas, area, pair);
        } else {
            throw new AssertionError(chart);
        }
    }
}
