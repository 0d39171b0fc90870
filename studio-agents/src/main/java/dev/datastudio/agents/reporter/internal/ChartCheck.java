package dev.datastudio.agents.reporter.internal;

import dev.datastudio.agents.reporter.internal.ChartSpec.Kind;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.query.ResultColumn;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether the rows allow a chart. Immutable. */
final class ChartCheck {
    private static final int MOST_BARS = 40;
    private static final int MOST_SLICES = 8;
    private static final int MOST_SERIES = 10;
    private static final int MOST_CELLS = 40;

    private final ChartFiller chart;
    private final ResultTable rows;
    private final Kind kind;

    ChartCheck(ChartFiller chart) {
        this.chart = chart;
        this.rows = chart.rows();
        this.kind = chart.spec().kind();
    }

    /** What is wrong, for a model to mend; empty when the chart can be drawn. */
    Optional<String> problem() {
        return columns().or(this::numbers).or(this::shape).or(this::duplicates);
    }

    private Optional<String> columns() {
        List<String> there = rows.columns().stream().map(ResultColumn::name).toList();
        if (chart.x() < 0) {
            return missing("x", chart.spec().x(), there);
        }
        for (int i = 0; i < chart.y().size(); i++) {
            if (chart.y().get(i) < 0) {
                return missing("y", chart.spec().y().get(i), there);
            }
        }
        if (!chart.spec().series().isEmpty() && chart.series() < 0) {
            return missing("series", chart.spec().series(), there);
        }
        Set<Integer> different = new HashSet<>(chart.y());
        boolean repeated = different.size() < chart.y().size()
                || different.contains(chart.x())
                || different.contains(chart.series())
                || chart.x() == chart.series();
        return repeated ? problem("A column is used twice") : Optional.empty();
    }

    private static Optional<String> missing(String what, String column, List<String> there) {
        return problem("There is no column " + StudioException.quote(column) + " for " + what + ", only " + there);
    }

    private static Optional<String> problem(String words) {
        return Optional.of(words);
    }

    private Optional<String> numbers() {
        boolean onlyX = kind == Kind.HISTOGRAM;
        if (onlyX != chart.y().isEmpty()) {
            return problem(
                    onlyX
                            ? "A histogram has x alone, and no y"
                            : "A " + kind.words() + " chart needs a column of numbers as y");
        }
        for (int column : chart.y()) {
            if (!rows.isNumber(column)) {
                return problem("Column " + StudioException.quote(rows.name(column)) + " for y holds no numbers");
            }
        }
        boolean numberX = kind == Kind.HISTOGRAM || kind == Kind.SCATTER;
        if (numberX && !rows.isNumber(chart.x())) {
            return problem("Column " + StudioException.quote(rows.name(chart.x())) + " for x holds no numbers");
        }
        boolean along = kind == Kind.LINE || kind == Kind.AREA;
        if (along && rows.grain(chart.x()) == null && !rows.isNumber(chart.x())) {
            return problem("Column " + StudioException.quote(rows.name(chart.x()))
                    + " for x holds neither times nor numbers, which a line needs; bars may do");
        }
        boolean oneY = kind == Kind.PIE || kind == Kind.SCATTER || kind == Kind.HEATMAP || chart.series() >= 0;
        return oneY && chart.y().size() > 1 ? problem("It can show only one column as y") : Optional.empty();
    }

    private Optional<String> shape() {
        if (rows.size() < 2) {
            return problem("There is only " + rows.size() + " row, of which there is nothing to draw");
        }
        int parts = chart.series() < 0 ? 1 : rows.labels(chart.series()).size();
        int categories = rows.labels(chart.x()).size();
        return switch (kind) {
            case BAR, STACKED_BAR ->
                tooMany("bars", categories, MOST_BARS).or(() -> tooMany("series", parts, MOST_SERIES));
            case LINE, SCATTER -> tooMany("series", parts, MOST_SERIES);
            case AREA -> tooMany("series", parts, MOST_SERIES).or(this::negative);
            case PIE ->
                chart.series() >= 0
                        ? problem("A pie has no series")
                        : tooMany("slices", categories, MOST_SLICES).or(this::negative);
            case HISTOGRAM -> chart.series() >= 0 ? problem("A histogram has no series") : Optional.empty();
            case HEATMAP ->
                chart.series() < 0
                        ? problem("A heatmap needs a column of names as series, for its lines")
                        : tooMany("columns", categories, MOST_CELLS).or(() -> tooMany("lines", parts, MOST_CELLS));
        };
    }

    private static Optional<String> tooMany(String what, int count, int most) {
        return count > most
                ? problem("It would have " + count + " " + what + ", and can show at most " + most)
                : Optional.empty();
    }

    private Optional<String> negative() {
        for (int row = 0; row < rows.size(); row++) {
            for (int column : chart.y()) {
                if (rows.number(row, column) < 0) {
                    return problem("Column " + StudioException.quote(rows.name(column))
                            + " has numbers below zero, which this chart can't show");
                }
            }
        }
        return Optional.empty();
    }

    /** Two values at one place: one of them would hide the other. */
    private Optional<String> duplicates() {
        if (kind == Kind.SCATTER || kind == Kind.HISTOGRAM) {
            return Optional.empty();
        }
        Set<List<String>> seen = new HashSet<>();
        for (int row = 0; row < rows.size(); row++) {
            String part = chart.series() < 0 ? "" : rows.label(row, chart.series());
            if (!seen.add(List.of(rows.label(row, chart.x()), part))) {
                return problem("Column " + StudioException.quote(rows.name(chart.x())) + " has "
                        + StudioException.quote(rows.label(row, chart.x()))
                        + " more than once; name a column that tells these rows apart as series, or another x");
            }
        }
        return Optional.empty();
    }
}
