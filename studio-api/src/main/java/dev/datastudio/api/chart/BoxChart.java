package dev.datastudio.api.chart;

import java.util.List;
import java.util.Objects;

/**
 * The spread of a measure in each category: quartiles, whiskers and far values. Immutable.
 *
 * @param categoryTitle what the categories are; empty for none
 * @param value the axis of the measure
 * @param boxes in the order in which they are drawn
 */
public record BoxChart(ChartText text, String categoryTitle, Axis value, List<Box> boxes) implements Chart {
    public BoxChart {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(categoryTitle, "categoryTitle");
        Objects.requireNonNull(value, "value");
        boxes = List.copyOf(boxes);
    }

    @Override
    public String kind() {
        return "box";
    }

    @Override
    public boolean isEmpty() {
        return boxes.isEmpty();
    }

    /**
     * One category. Immutable.
     *
     * @param label the category
     * @param lowerFence the end of the lower whisker: the least value that is no outlier
     * @param q1 the first quartile
     * @param median at least {@code q1}
     * @param q3 at least {@code median}
     * @param upperFence the end of the upper whisker: the greatest value that is no outlier
     * @param outliers values beyond the whiskers; may be a sample of them
     * @param count how many values the box stands for
     */
    public record Box(
            String label,
            double lowerFence,
            double q1,
            double median,
            double q3,
            double upperFence,
            List<Double> outliers,
            long count) {
        public Box {
            Objects.requireNonNull(label, "label");
            outliers = List.copyOf(outliers);
            if (!(q1 <= median && median <= q3)) {
                throw new IllegalArgumentException(
                        "quartiles must rise, were " + q1 + ", " + median + " and " + q3 + " in " + label);
            }
            if (!(lowerFence <= upperFence) || Double.isInfinite(lowerFence) || Double.isInfinite(upperFence)) {
                throw new IllegalArgumentException(
                        "fences must be finite and rise, were " + lowerFence + " and " + upperFence + " in " + label);
            }
        }
    }
}
