package dev.datastudio.api.chart;

import dev.datastudio.api.chart.DensityChart.Curve;
import dev.datastudio.api.chart.HistogramChart.Bin;
import java.util.List;
import java.util.Objects;

/**
 * Several measures against each other: points below the diagonal, the spread of each measure on it, the coefficients of
 * correlation above it. Immutable.
 *
 * @param variables none, or {@value #MIN_VARIABLES} to {@value #MAX_VARIABLES}, from left to right and top to bottom
 * @param groups points of one colour each
 * @param correlations for each variable its coefficient with each variable, -1 to 1; NaN where there is none
 */
public record PairChart(ChartText text, List<Variable> variables, List<Group> groups, List<List<Double>> correlations)
        implements Chart {
    /** The fewest variables of a chart with values. */
    public static final int MIN_VARIABLES = 2;

    /** The most variables: more make cells too small to read. */
    public static final int MAX_VARIABLES = 6;

    public PairChart {
        Objects.requireNonNull(text, "text");
        variables = List.copyOf(variables);
        groups = List.copyOf(groups);
        correlations = correlations.stream().map(List::copyOf).toList();
        int count = variables.size();
        if (count == 1 || count > MAX_VARIABLES) {
            throw new IllegalArgumentException("variables must be 0 or 2..6, were " + count);
        }
        for (Group group : groups) {
            if (group.rows().stream().anyMatch(row -> row.size() != count)) {
                throw new IllegalArgumentException("each row of " + group.name() + " must have " + count + " numbers");
            }
        }
        if (correlations.size() != count || correlations.stream().anyMatch(row -> row.size() != count)) {
            throw new IllegalArgumentException("correlations must be " + count + " x " + count);
        }
        for (List<Double> row : correlations) {
            if (row.stream().anyMatch(number -> Math.abs(number) > 1)) {
                throw new IllegalArgumentException("correlations must be in -1..1 or NaN, one row was " + row);
            }
        }
    }

    @Override
    public String kind() {
        return "pair";
    }

    @Override
    public boolean isEmpty() {
        return variables.isEmpty()
                || groups.stream().allMatch(group -> group.rows().isEmpty());
    }

    /**
     * One measure and its spread: bins, or a curve for each group. Immutable.
     *
     * @param bins bounded and adjoining; empty when there are curves
     * @param curves in the order of the groups that have one; empty when there are bins
     */
    public record Variable(Axis axis, List<Bin> bins, List<Curve> curves) {
        public Variable {
            Objects.requireNonNull(axis, "axis");
            bins = List.copyOf(bins);
            curves = List.copyOf(curves);
            if (!bins.stream().allMatch(Bin::isBounded)) {
                throw new IllegalArgumentException("bins must have finite edges, were " + bins);
            }
        }
    }

    /**
     * Rows of one colour. Immutable.
     *
     * @param name for the legend, which is shown when there are several groups
     * @param rows for each row a number for each variable, finite; NaN where it is missing
     */
    public record Group(String name, List<List<Double>> rows) {
        public Group {
            Objects.requireNonNull(name, "name");
            rows = rows.stream().map(List::copyOf).toList();
            if (rows.stream().anyMatch(row -> row.stream().anyMatch(number -> Double.isInfinite(number)))) {
                throw new IllegalArgumentException("rows must be finite or NaN in " + name);
            }
        }
    }
}
