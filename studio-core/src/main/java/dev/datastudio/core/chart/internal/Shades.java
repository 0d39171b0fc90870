package dev.datastudio.core.chart.internal;

import dev.datastudio.api.chart.HeatmapChart;
import dev.datastudio.api.chart.HeatmapChart.Shading;
import java.util.List;

/** Colours of numbers, told apart with any usual colour vision: pale to blue, or orange over white to blue. Immutable. */
record Shades(double min, double max, Shading shading) {
    private static final int STRONG = Palette.series(0);
    private static final int OPPOSITE = Palette.series(3);
    private static final double PALEST = 0.92;

    static Shades of(HeatmapChart chart) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (List<Double> row : chart.values()) {
            for (double value : row) {
                min = Double.isNaN(value) ? min : Math.min(min, value);
                max = Double.isNaN(value) ? max : Math.max(max, value);
            }
        }
        if (chart.shading() == Shading.CORRELATION) {
            return new Shades(-1, 1, chart.shading());
        }
        if (chart.shading() == Shading.DIVERGING) {
            double farthest = Math.max(Math.max(Math.abs(min), Math.abs(max)), Double.MIN_NORMAL);
            return new Shades(-farthest, farthest, chart.shading());
        }
        return min < max ? new Shades(min, max, chart.shading()) : new Shades(min - 1, max, chart.shading());
    }

    /** The colour of a number of the range. */
    int of(double value) {
        double share = (value - min) / (max - min);
        if (shading == Shading.SEQUENTIAL) {
            return Palette.tint(STRONG, PALEST * (1 - share));
        }
        double strength = Math.min(1, Math.abs(2 * share - 1));
        return Palette.tint(share < 0.5 ? OPPOSITE : STRONG, 1 - strength);
    }
}
