package dev.datastudio.api.chart;

import java.util.List;
import java.util.Objects;

/**
 * A length for each category, in one or several series. Immutable.
 *
 * @param categoryTitle what the categories are: {@code Region}; empty for none
 * @param value the axis of the lengths; always linear and always shows zero
 * @param categories in the order in which they are drawn, from left to right or from top to bottom
 * @param series each has a value for every category
 */
public record BarChart(
        ChartText text,
        String categoryTitle,
        Axis value,
        List<String> categories,
        List<Series> series,
        Layout layout,
        Orientation orientation)
        implements Chart {
    public BarChart {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(categoryTitle, "categoryTitle");
        Objects.requireNonNull(value, "value");
        categories = List.copyOf(categories);
        series = List.copyOf(series);
        Objects.requireNonNull(layout, "layout");
        Objects.requireNonNull(orientation, "orientation");
        if (value.scale() != Axis.Scale.LINEAR) {
            throw new IllegalArgumentException("value must be a linear axis: the length of a bar begins at zero");
        }
        for (Series one : series) {
            if (one.values().size() != categories.size()) {
                throw new IllegalArgumentException("series " + one.name() + " must have " + categories.size()
                        + " values, one a category, had " + one.values().size());
            }
        }
    }

    /** One series, drawn in the direction that its labels fit. */
    public static BarChart of(
            ChartText text, String categoryTitle, Axis value, List<String> categories, List<Double> values) {
        List<Series> one = List.of(new Series(value.title(), values));
        return new BarChart(text, categoryTitle, value, categories, one, Layout.GROUPED, Orientation.AUTO);
    }

    @Override
    public String kind() {
        return "bar";
    }

    @Override
    public boolean isEmpty() {
        return series.stream().allMatch(one -> one.values().stream().allMatch(value -> Double.isNaN(value)));
    }

    /**
     * Bars of one colour. Immutable.
     *
     * @param name for the legend, which is shown when there are several series
     * @param values one a category, finite; NaN where there is none
     */
    public record Series(String name, List<Double> values) {
        public Series {
            Objects.requireNonNull(name, "name");
            values = List.copyOf(values);
            for (double value : values) {
                if (Double.isInfinite(value)) {
                    throw new IllegalArgumentException("values must be finite or NaN, was " + value);
                }
            }
        }
    }

    /** How several series share a category. */
    public enum Layout {
        /** Side by side. */
        GROUPED,
        /** On top of each other; negative values below zero. */
        STACKED
    }

    /** Which way the bars grow. */
    public enum Orientation {
        /** Upwards where the labels fit below the bars, else to the right. */
        AUTO,
        /** Upwards. */
        VERTICAL,
        /** To the right. */
        HORIZONTAL
    }
}
