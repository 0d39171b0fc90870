package dev.datastudio.core.chart.internal;

import dev.datastudio.api.chart.Chart.Point;
import dev.datastudio.api.chart.ViolinChart.Violin;
import java.util.ArrayList;
import java.util.List;

/**
 * How wide violins are drawn: all to one scale of density, so that they have the same area, unless the flattest one would
 * then be a mere line; then each has the full width.
 */
public final class ViolinWidths {
    /** A violin with a smaller share of the widest one's width shows no shape. */
    private static final double LEAST = 0.15;

    private ViolinWidths() {}

    /** The density that the full width stands for, one a violin. */
    static List<Double> peaks(List<Violin> violins) {
        List<Double> peaks = new ArrayList<>();
        for (Violin violin : violins) {
            peaks.add(violin.outline().stream().mapToDouble(Point::y).max().orElse(0));
        }
        double most = peaks.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        boolean flat = peaks.stream().anyMatch(peak -> peak < LEAST * most);
        return flat ? peaks : peaks.stream().map(peak -> most).toList();
    }

    /** Whether each has the full width, so that widths can't be compared between violins. */
    public static boolean areEach(List<Violin> violins) {
        return peaks(violins).stream().distinct().count() > 1;
    }
}
