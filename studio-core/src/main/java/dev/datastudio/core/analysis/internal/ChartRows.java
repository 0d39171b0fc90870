package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.ValueFormat;
import dev.datastudio.api.chart.ValueFormat.DateGrain;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.Dimension.Grouping;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.StepColumn;
import dev.datastudio.core.analysis.StepColumn.Edge;
import dev.datastudio.core.analysis.StepColumn.Origin;
import dev.datastudio.core.analysis.StepColumn.Role;
import dev.datastudio.core.analysis.StepResult;
import dev.datastudio.core.analysis.TimeGrain;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A result's rows as charts need them. Immutable. */
final class ChartRows {
    private static final int FIRST_YEAR = 1000;
    private static final int LAST_YEAR = 2999;

    private final StepResult result;
    private final ResultRows rows;
    private final int years;
    private final ValueText values = new ValueText(Locale.US);

    ChartRows(StepResult result) {
        this.result = result;
        this.rows = new ResultRows(result.columns(), result.result());
        this.years = yearColumn();
    }

    int size() {
        return rows.size();
    }

    StepColumn column(int index) {
        return result.columns().get(index);
    }

    @Nullable
    Object value(int row, int column) {
        return rows.value(row, column);
    }

    /** A number; NaN when it is missing. */
    double number(int row, int column) {
        return rows.number(row, column);
    }

    /** The places of the columns that group rows: dimensions, and the lower edges of bins. */
    List<Integer> dimensions() {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < result.columns().size(); i++) {
            Origin origin = column(i).origin();
            if (origin instanceof Origin.OfDimension || (origin instanceof Origin.OfBin b && b.edge() == Edge.FROM)) {
                found.add(i);
            }
        }
        return found;
    }

    List<Integer> measures() {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < result.columns().size(); i++) {
            if (column(i).origin() instanceof Origin.OfMeasure
                    && column(i).type().isNumeric()) {
                found.add(i);
            }
        }
        return found;
    }

    Optional<Integer> find(Role role) {
        return rows.find(role);
    }

    int at(Role role) {
        return rows.at(role);
    }

    boolean isTime(int column) {
        return column(column).type().isTemporal();
    }

    /** Whether a column can be the bottom of a line: time, or numbers such as years. */
    boolean isLine(int column) {
        return isTime(column) || column(column).type() == ColumnType.INTEGER;
    }

    TimeGrain grain(int column) {
        if (column(column).origin() instanceof Origin.OfDimension d
                && result.step().dimensions().get(d.index()).grouping() instanceof Grouping.ByTime time) {
            return time.grain();
        }
        return column(column).type() == ColumnType.TIMESTAMP ? TimeGrain.MINUTE : TimeGrain.DAY;
    }

    /** What a group is called on an axis. */
    String label(int row, int column) {
        Object value = value(row, column);
        if (column(column).origin() instanceof Origin.OfBin) {
            return bin(value, value(row, column + 1), column(column).unit());
        } else if (value == null) {
            return "(missing)";
        } else if (isTime(column)) {
            return values.period(value, grain(column));
        }
        return String.valueOf(value);
    }

    private String bin(@Nullable Object from, @Nullable Object to, String unit) {
        if (from == null && to == null) {
            return "(missing)";
        } else if (from == null) {
            return "< " + values.of(to, unit);
        }
        return to == null ? "≥ " + values.of(from, unit) : values.of(from, unit) + " – " + values.of(to, unit);
    }

    /** The place of a value on an axis: a number, or milliseconds since 1970; NaN when it is missing. */
    double place(int row, int column) {
        Object value = value(row, column);
        if (value instanceof LocalDate date) {
            return date.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
        } else if (value instanceof LocalDateTime time) {
            return time.toInstant(ZoneOffset.UTC).toEpochMilli();
        }
        double number = number(row, column);
        return column == years && !Double.isNaN(number)
                ? LocalDate.of((int) number, 1, 1)
                        .atStartOfDay()
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli()
                : number;
    }

    /** The place of a trend's years when they are whole numbers, which are no quantity: 2005, not 2,005; else -1. */
    private int yearColumn() {
        boolean alongTime = result.step().operation() == Operation.TREND
                && column(0).origin() instanceof Origin.OfDimension
                && column(0).type() == ColumnType.INTEGER;
        return alongTime
                        && IntStream.range(0, size())
                                .mapToDouble(row -> number(row, 0))
                                .allMatch(ChartRows::isYear)
                ? 0
                : -1;
    }

    private static boolean isYear(double number) {
        return Double.isNaN(number) || (number >= FIRST_YEAR && number <= LAST_YEAR);
    }

    Axis axis(int column) {
        StepColumn c = column(column);
        if (column == years) {
            return Axis.of(c.label(), ValueFormat.date(DateGrain.YEAR));
        }
        if (isTime(column)) {
            String title = c.origin() instanceof Origin.OfDimension d
                    ? Words.of(result.step().dimensions().get(d.index()).of())
                    : c.label();
            return Axis.of(
                    title, ValueFormat.date(DateGrain.valueOf(grain(column).name())));
        } else if (c.origin() instanceof Origin.OfOperation o && o.role() == Role.COUNT) {
            return Axis.count("Rows");
        } else if (c.origin() instanceof Origin.OfMeasure m
                && result.step().measures().get(m.index()).equals(Measure.count())) {
            return Axis.count("Rows");
        } else if (c.type() == ColumnType.INTEGER && c.unit().isEmpty()) {
            return Axis.count(StepReading.capital(c.label()));
        }
        String unit = c.unit().equals(Column.PERCENT) ? Column.PERCENT : c.unit();
        return Axis.of(StepReading.capital(c.label()), ValueFormat.number(unit));
    }
}
