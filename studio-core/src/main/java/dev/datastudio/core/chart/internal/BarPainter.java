package dev.datastudio.core.chart.internal;

import dev.datastudio.api.chart.BarChart;
import dev.datastudio.api.chart.BarChart.Layout;
import dev.datastudio.api.chart.BarChart.Orientation;
import dev.datastudio.api.chart.BarChart.Series;
import dev.datastudio.core.chart.internal.Sheet.LegendEntry;
import dev.datastudio.core.chart.internal.Sheet.Swatch;
import java.util.ArrayList;
import java.util.List;

/** Draws bars, grouped or stacked, with their values written beside them when there are few. */
final class BarPainter {
    private static final int MAX_LABELLED = 12;
    private static final int MAX_LABELLED_LYING = 24;
    private static final double MAX_BAR = 90;

    private BarPainter() {}

    static List<LegendEntry> legend(BarChart chart) {
        List<LegendEntry> entries = new ArrayList<>();
        for (int i = 0; i < chart.series().size(); i++) {
            entries.add(new LegendEntry(chart.series().get(i).name(), Palette.series(i), Swatch.SQUARE));
        }
        return entries;
    }

    static void paint(Canvas canvas, Area area, BarChart chart) {
        boolean stacked = chart.layout() == Layout.STACKED && chart.series().size() > 1;
        Range.Finder values = new Range.Finder(chart.value());
        for (int i = 0; i < chart.categories().size(); i++) {
            addExtent(chart, i, stacked, values);
        }
        Orientation orientation = BandFrame.decide(canvas, area, chart.categories(), chart.orientation());
        boolean standing = orientation == Orientation.VERTICAL;
        int bars = chart.categories().size() * (stacked ? 1 : chart.series().size());
        boolean labelled = bars <= (standing ? MAX_LABELLED : MAX_LABELLED_LYING);
        double air = labelled && !standing ? Math.max(0.05, widest(canvas, chart) / (area.width() * 0.6)) : 0.09;
        BandFrame frame = BandFrame.draw(
                canvas,
                area,
                chart.categoryTitle(),
                chart.categories(),
                chart.value(),
                values.withZero(air),
                orientation);
        double bandWidth = Math.min(
                frame.pitch() * (frame.pitch() < 8 ? 0.9 : 0.76),
                MAX_BAR * chart.series().size());
        for (int i = 0; i < chart.categories().size(); i++) {
            if (stacked) {
                stack(canvas, frame, chart, i, bandWidth, labelled);
            } else {
                group(canvas, frame, chart, i, bandWidth, labelled);
            }
        }
        frame.drawZero(canvas);
    }

    /** How much place the widest value takes beside a lying bar. */
    private static double widest(Canvas canvas, BarChart chart) {
        double widest = 0;
        for (Series series : chart.series()) {
            for (double value : series.values()) {
                if (!Double.isNaN(value)) {
                    String text = canvas.value(value, chart.value().format());
                    widest = Math.max(widest, canvas.width(text, Canvas.LABEL_SIZE) + 8);
                }
            }
        }
        return widest;
    }

    private static void addExtent(BarChart chart, int index, boolean stacked, Range.Finder values) {
        double below = 0;
        double above = 0;
        for (Series series : chart.series()) {
            double value = series.values().get(index);
            if (!stacked) {
                values.add(value);
            } else if (value < 0) {
                below += value;
            } else if (value > 0) {
                above += value;
            }
        }
        if (stacked) {
            values.add(below);
            values.add(above);
        }
    }

    private static void group(
            Canvas canvas, BandFrame frame, BarChart chart, int index, double bandWidth, boolean labelled) {
        int count = chart.series().size();
        double barWidth = bandWidth / count;
        for (int s = 0; s < count; s++) {
            double value = chart.series().get(s).values().get(index);
            if (!Double.isNaN(value)) {
                double from = frame.center(index) - bandWidth / 2 + s * barWidth;
                double gap = count > 1 && barWidth > 6 ? 0.75 : 0;
                frame.rect(canvas, from + gap, from + barWidth - gap, 0, value, Palette.series(s));
                if (labelled) {
                    double room = count > 1 ? barWidth - 2 : frame.pitch() - 4;
                    String text = canvas.value(value, chart.value().format());
                    frame.drawValue(canvas, from + barWidth / 2, value, text, room);
                }
            }
        }
    }

    private static void stack(
            Canvas canvas, BandFrame frame, BarChart chart, int index, double bandWidth, boolean labelled) {
        double from = frame.center(index) - bandWidth / 2;
        double below = 0;
        double above = 0;
        for (int s = 0; s < chart.series().size(); s++) {
            double value = chart.series().get(s).values().get(index);
            if (value < 0) {
                frame.rect(canvas, from, from + bandWidth, below, below + value, Palette.series(s));
                below += value;
            } else if (value > 0) {
                frame.rect(canvas, from, from + bandWidth, above, above + value, Palette.series(s));
                above += value;
            }
        }
        if (labelled && above > 0 && below == 0) {
            String total = canvas.value(above, chart.value().format());
            frame.drawValue(canvas, frame.center(index), above, total, frame.pitch() - 4);
        }
    }
}
