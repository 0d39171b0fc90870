package dev.datastudio.core.chart.dataset;

import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request whose columns are found. Immutable. */
record Inputs(
        Dataset dataset,
        ChartRequest request,
        @Nullable Column x,
        @Nullable Column y,
        @Nullable Column group,
        List<Column> columns) {
    private static final String MONEY = "$€£¥₹₩";

    static Inputs of(Dataset dataset, ChartRequest request) {
        List<Column> columns = new ArrayList<>();
        for (String name : request.columns()) {
            Column column = dataset.column(name);
            if (!columns.contains(column)) {
                columns.add(column);
            }
        }
        return new Inputs(
                dataset,
                request,
                find(dataset, request.x()),
                find(dataset, request.y()),
                find(dataset, request.group()),
                List.copyOf(columns));
    }

    private static @Nullable Column find(Dataset dataset, String name) {
        return name.isEmpty() ? null : dataset.column(name);
    }

    Inputs with(@Nullable Column otherX, @Nullable Column otherY, @Nullable Column otherGroup) {
        return new Inputs(dataset, request, otherX, otherY, otherGroup, columns);
    }

    Inputs withColumns(List<Column> others) {
        return new Inputs(dataset, request, x, y, group, List.copyOf(others));
    }

    Column needX(ChartKind kind, String what) {
        return need(x, kind, "x", what);
    }

    Column needY(ChartKind kind, String what) {
        return need(y, kind, "y", what);
    }

    private Column need(@Nullable Column column, ChartKind kind, String place, String what) {
        if (column == null) {
            throw new StudioException(
                    ErrorCode.CHART_INVALID,
                    "A chart of the kind '" + kind.jsonName() + "' needs " + what + " as '" + place + "'",
                    "Name one of "
                            + dataset.columns().stream().map(Column::name).toList());
        }
        return column;
    }

    /** The column, if it holds numbers. */
    Column numeric(Column column, ChartKind kind) {
        if (!column.type().isNumeric()) {
            List<String> numbers = dataset.columns().stream()
                    .filter(c -> c.type().isNumeric())
                    .map(Column::name)
                    .toList();
            throw new StudioException(
                    ErrorCode.CHART_INVALID,
                    "Column " + StudioException.quote(column.name()) + " holds no numbers, which a chart of the kind '"
                            + kind.jsonName() + "' needs",
                    numbers.isEmpty() ? "Draw its values as a bar chart" : "Use one of " + numbers);
        }
        return column;
    }

    /** What is done with the values of {@code y} in a group: money is summed, all else averaged. */
    ChartAggregate aggregate(@Nullable Column value) {
        if (request.aggregate().isPresent()) {
            return request.aggregate().get();
        }
        if (value == null) {
            return ChartAggregate.COUNT;
        }
        return !value.unit().isEmpty() && MONEY.contains(value.unit()) ? ChartAggregate.SUM : ChartAggregate.MEAN;
    }

    /** The title that was asked for, or another. */
    ChartText text(String title) {
        return ChartText.of(request.title().isEmpty() ? title : request.title());
    }

    /** The group in a title: {@code " by Species"}. */
    String by() {
        return group == null ? "" : " by " + group.name();
    }

    /** Whether values of a column have an order of their own, by which their categories stand. */
    static boolean isOrdered(Column column) {
        return column.type().isNumeric()
                || column.type().isTemporal()
                || column.type() == ColumnType.BOOLEAN
                || column.type() == ColumnType.TIME;
    }

    static Column some(@Nullable Column column) {
        return Objects.requireNonNull(column, "column");
    }
}
