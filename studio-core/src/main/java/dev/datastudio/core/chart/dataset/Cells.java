package dev.datastudio.core.chart.dataset;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.chart.HeatmapChart;
import dev.datastudio.api.chart.HeatmapChart.Shading;
import dev.datastudio.core.chart.HistogramBins;
import dev.datastudio.core.chart.ValueSummary;
import dev.datastudio.core.chart.internal.NumberWords;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Many points as their number in each cell of a grid. Immutable. */
record Cells(Rows rows, Spread x, Spread y) {
    private static final int ACROSS = 40;
    private static final int UPWARD = 28;

    /** Values farther than this many interquartile ranges from a quartile are counted in the outermost cells. */
    private static final double FAR = 6;

    Chart chart(ChartText text, long count) {
        double[] across = edges(x.summary(), ACROSS);
        double[] upward = edges(y.summary(), UPWARD);
        double[][] cells = new double[upward.length - 1][across.length - 1];
        String sql = "SELECT " + BinCounts.number("x", across) + " AS i, " + BinCounts.number("y", upward)
                + " AS j, count(*) FROM (SELECT " + Rows.number(x.column()) + " AS x, " + Rows.number(y.column())
                + " AS y FROM " + rows.table() + ") WHERE x IS NOT NULL AND y IS NOT NULL GROUP BY i, j";
        for (List<@Nullable Object> row : rows.all(sql, List.of())) {
            cells[(int) Rows.whole(row.get(1))][(int) Rows.whole(row.get(0))] = Rows.number(row.get(2));
        }
        String said = String.format(Locale.ROOT, "%,d points, counted in cells", count);
        ChartText noted = isCut(x.summary(), across) || isCut(y.summary(), upward)
                ? text.withNote("Far values are counted in the outermost cells")
                : text;
        List<String> rowNames = names(y, upward);
        Collections.reverse(rowNames);
        return new HeatmapChart(
                Wording.subtitle(noted, said),
                Rows.axis(x.column(), Axis.Scale.LINEAR).label(),
                Rows.axis(y.column(), Axis.Scale.LINEAR).label(),
                Axis.count("Rows"),
                names(x, across),
                rowNames,
                fromTheTop(cells),
                Shading.SEQUENTIAL);
    }

    private static double[] edges(ValueSummary summary, int bins) {
        double iqr = Math.max(0, summary.q3() - summary.q1());
        double low = iqr > 0 ? Math.max(summary.min(), summary.q1() - FAR * iqr) : summary.min();
        double high = iqr > 0 ? Math.min(summary.max(), summary.q3() + FAR * iqr) : summary.max();
        return HistogramBins.about(bins, low, high, summary.values());
    }

    private static boolean isCut(ValueSummary summary, double[] edges) {
        return summary.min() < edges[0] || summary.max() > edges[edges.length - 1];
    }

    /** Cells are named by their lower edges. */
    private static List<String> names(Spread spread, double[] edges) {
        List<Double> lower = new ArrayList<>();
        for (int i = 0; i + 1 < edges.length; i++) {
            lower.add(edges[i]);
        }
        return new ArrayList<>(new NumberWords(Locale.ENGLISH)
                .ticks(lower, Rows.axis(spread.column(), Axis.Scale.LINEAR).format()));
    }

    /** The rows of a heatmap run downwards, and cells without a row stay blank. */
    private static List<List<Double>> fromTheTop(double[][] cells) {
        List<List<Double>> lines = new ArrayList<>();
        for (int j = cells.length - 1; j >= 0; j--) {
            List<Double> line = new ArrayList<>();
            for (double cell : cells[j]) {
                line.add(cell == 0 ? Double.NaN : cell);
            }
            lines.add(line);
        }
        return lines;
    }
}
