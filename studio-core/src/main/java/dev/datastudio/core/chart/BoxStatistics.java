package dev.datastudio.core.chart;

import dev.datastudio.api.chart.BoxChart.Box;
import java.util.ArrayList;
import java.util.List;

/**
 * Boxes by the rule of J. Tukey, "Exploratory Data Analysis" (1977): whiskers reach to the farthest values within 1.5
 * times the interquartile range of the quartiles, values beyond them are outliers.
 */
public final class BoxStatistics {
    /** How many interquartile ranges beyond a quartile a value may lie without being an outlier. */
    public static final double WHISKER = 1.5;

    /** How many outliers of one box are drawn at most. */
    public static final int MAX_OUTLIERS = 200;

    private BoxStatistics() {}

    /**
     * The box of some values; NaN are left out. Of more than {@value #MAX_OUTLIERS} outliers the farthest on both sides
     * and evenly chosen ones between them are kept.
     *
     * @throws IllegalArgumentException when there is no value
     */
    public static Box of(String label, double[] values) {
        double[] sorted = Quantiles.sorted(values);
        double q1 = Quantiles.of(sorted, 0.25);
        double median = Quantiles.of(sorted, 0.5);
        double q3 = Quantiles.of(sorted, 0.75);
        double lowest = q1 - WHISKER * (q3 - q1);
        double highest = q3 + WHISKER * (q3 - q1);
        double lowerFence = q1;
        double upperFence = q3;
        List<Double> outliers = new ArrayList<>();
        for (double value : sorted) {
            if (value < lowest || value > highest) {
                outliers.add(value);
            } else {
                lowerFence = Math.min(lowerFence, value);
                upperFence = Math.max(upperFence, value);
            }
        }
        return new Box(label, lowerFence, q1, median, q3, upperFence, shown(outliers), sorted.length);
    }

    /** The outliers that are drawn: of more than {@value #MAX_OUTLIERS} the outermost and evenly chosen ones between. */
    public static List<Double> shown(List<Double> rising) {
        return evenly(rising, MAX_OUTLIERS);
    }

    /** At most so many of a list, evenly chosen, the first and the last among them. */
    static <T> List<T> evenly(List<T> all, int most) {
        if (all.size() <= most) {
            return all;
        }
        List<T> some = new ArrayList<>(most);
        for (int i = 0; i < most; i++) {
            some.add(all.get((int) Math.round(i * (all.size() - 1.0) / (most - 1))));
        }
        return some;
    }
}
