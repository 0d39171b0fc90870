package dev.datastudio.api.chart;

import java.util.List;
import java.util.Objects;

/**
 * A number for each pair of two categories, as colour and, where it has a place, written. Immutable.
 *
 * @param columnTitle what the columns are; empty for none
 * @param rowTitle what the rows are; empty for none
 * @param value what the numbers measure
 * @param columns from left to right
 * @param rows from top to bottom
 * @param values for each row a number for each column, finite; NaN where there is none
 * @param shading how numbers become colours
 */
public record HeatmapChart(
        ChartText text,
        String columnTitle,
        String rowTitle,
        Axis value,
        List<String> columns,
        List<String> rows,
        List<List<Double>> values,
        Shading shading)
        implements Chart {
    public HeatmapChart {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(columnTitle, "columnTitle");
        Objects.requireNonNull(rowTitle, "rowTitle");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(shading, "shading");
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        values = values.stream().map(List::copyOf).toList();
        if (values.size() != rows.size()) {
            throw new IllegalArgumentException(
                    "values must have " + rows.size() + " rows, one a name, had " + values.size());
        }
        for (List<Double> row : values) {
            if (row.size() != columns.size() || row.stream().anyMatch(number -> Double.isInfinite(number))) {
                throw new IllegalArgumentException(
                        "each row must have " + columns.size() + " numbers, finite or NaN, one was " + row);
            }
        }
    }

    @Override
    public String kind() {
        return "heatmap";
    }

    @Override
    public boolean isEmpty() {
        return rows.isEmpty() || values.stream().allMatch(row -> row.stream().allMatch(number -> Double.isNaN(number)));
    }

    /** How numbers become colours. */
    public enum Shading {
        /** From pale for the least to strong for the greatest. */
        SEQUENTIAL,
        /** White at zero, orange below and blue above, equally strong at equal distances. */
        DIVERGING,
        /** As {@link #DIVERGING}, from -1 to 1 whatever the numbers are: for correlations. */
        CORRELATION
    }
}
