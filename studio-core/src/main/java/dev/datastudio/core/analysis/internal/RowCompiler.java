package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.ColumnRef;
import dev.datastudio.core.analysis.Limit;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Order.Direction;
import dev.datastudio.core.analysis.Step;
import dev.datastudio.core.analysis.StepColumn.Origin;
import dev.datastudio.core.analysis.StepColumn.Role;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Rows as they are: {@code LIST}, {@code DUPLICATES} and {@code OUTLIERS}. Not thread-safe; one for each step. */
final class RowCompiler {
    private final Step step;
    private final Dialect dialect;
    private final Schema schema;
    private final RowSource rows;
    private final Output output;
    private final List<Sql> selected = new ArrayList<>();

    RowCompiler(Step step, Dialect dialect, Schema schema, LocalDate today) {
        this.step = step;
        this.dialect = dialect;
        this.schema = schema;
        this.output = new Output(dialect);
        this.rows = new RowSource(dialect, schema, step, today).filtered(step);
    }

    Compilation compile() {
        return new Compilation(statement(), output.columns());
    }

    private Sql statement() {
        return switch (step.operation()) {
            case LIST -> list();
            case DUPLICATES -> duplicates();
            case OUTLIERS -> outliers();
            default -> throw new AssertionError(step.operation());
        };
    }

    private Sql list() {
        selectColumns();
        Limit limit = step.limit();
        if (limit != null && Cut.isPlaced(limit)) {
            return placed(limit);
        }
        return Sql.of(
                rows.head(), "SELECT ", Sql.join(",\n  ", aliased()), rows.tail(), listOrder(), Cut.clause(limit));
    }

    private void selectColumns() {
        for (int i = 0; i < step.dimensions().size(); i++) {
            Dimension dimension = step.dimensions().get(i);
            select(Words.of(dimension), dimension.of(), rows.expressions().of(dimension), new Origin.OfDimension(i));
        }
        if (step.dimensions().isEmpty()) {
            for (ColumnRef ref : rows.columns()) {
                select(rows.label(ref), ref, rows.expressions().exact(ref), new Origin.OfColumn(ref));
            }
        }
    }

    private void select(String label, Expression value, Sql sql, Origin origin) {
        output.add(label, schema.unit(value), schema.type(value), origin);
        selected.add(sql);
    }

    private List<Sql> aliased() {
        List<Sql> names = output.names();
        List<Sql> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            boolean same = selected.get(i).bound().equals(names.get(i).bound());
            columns.add(same ? selected.get(i) : Sql.of(selected.get(i), " AS ", names.get(i)));
        }
        return columns;
    }

    /** Without an order, and where the order leaves it open, rows come as they are stored if the engine keeps that. */
    private Sql listOrder() {
        List<Sql> keys = new ArrayList<>();
        for (Order order : step.order()) {
            keys.add(dialect.windowKey(key(order), order.direction()));
        }
        if (keys.isEmpty() && keepsRows()) {
            return Sql.EMPTY;
        }
        if (keepsRows() && step.limit() == null) {
            keys.add(Sql.of("row_number() OVER ()"));
            return Sql.of("\nORDER BY ", Sql.join(", ", keys));
        }
        List<Sql> names = output.names();
        for (int i = 0; i < names.size(); i++) {
            keys.add(dialect.sortKey(i + 1, names.get(i), Direction.ASCENDING));
        }
        return Sql.of("\nORDER BY ", Sql.join(", ", keys));
    }

    private boolean keepsRows() {
        return dialect.keepsRowOrder()
                && step.source().tables().size() == 1
                && step.cleaning().isEmpty();
    }

    private Sql key(Order order) {
        if (order.key() instanceof Order.Key.OfValue value) {
            return rows.expressions().exact(value.value());
        } else if (order.key() instanceof Order.Key.OfDimension dimension) {
            return selected.get(dimension.index());
        }
        throw new AssertionError(order);
    }

    private Sql placed(Limit limit) {
        List<Sql> keys = new ArrayList<>();
        for (Order order : step.order()) {
            keys.add(dialect.windowKey(key(order), order.direction()));
        }
        boolean ties = limit.ties() == Limit.Ties.KEEP && !keys.isEmpty();
        if (!ties) {
            selected.forEach(s -> keys.add(dialect.windowKey(s, Direction.ASCENDING)));
        }
        Sql partition =
                limit.perDimension() < 0 ? Sql.EMPTY : Sql.of("PARTITION BY ", selected.get(limit.perDimension()), " ");
        List<Sql> columns = aliased();
        columns.add(Sql.of(
                Cut.place(limit, ties),
                " OVER (",
                partition,
                "ORDER BY ",
                Sql.join(", ", keys),
                ") AS ",
                output.spare("place")));
        Sql ranked = rows.with("ranked", Sql.of("SELECT ", Sql.join(",\n  ", columns), rows.tail()));
        List<Sql> names = output.names();
        List<Sql> order = new ArrayList<>();
        if (limit.perDimension() >= 0) {
            order.add(dialect.windowKey(names.get(limit.perDimension()), Direction.ASCENDING));
        }
        order.add(output.spare("place"));
        names.forEach(n -> order.add(dialect.windowKey(n, Direction.ASCENDING)));
        return Sql.of(
                rows.head(),
                "SELECT ",
                Sql.join(", ", names),
                "\nFROM ",
                ranked,
                Sql.of("\nWHERE ", Cut.kept(limit, output.spare("place"))),
                "\nORDER BY ",
                Sql.join(", ", order));
    }

    private Sql duplicates() {
        selectColumns();
        List<Sql> positions = new ArrayList<>();
        for (int i = 1; i <= selected.size(); i++) {
            positions.add(Sql.of(String.valueOf(i)));
        }
        output.add("count", "", ColumnType.INTEGER, Role.COUNT);
        selected.add(Sql.of("count(*)"));
        List<Sql> names = output.names();
        List<Sql> keys = new ArrayList<>();
        int last = names.size() - 1;
        keys.add(dialect.groupKey(names.size(), names.get(last), selected.get(last), Direction.DESCENDING));
        for (int i = 0; i < last; i++) {
            keys.add(dialect.groupKey(i + 1, names.get(i), selected.get(i), Direction.ASCENDING));
        }
        return Sql.of(
                rows.head(),
                "SELECT ",
                Sql.join(",\n  ", aliased()),
                rows.tail(),
                "\nGROUP BY ",
                Sql.join(", ", positions),
                "\nHAVING count(*) > 1\nORDER BY ",
                Sql.join(", ", keys),
                Cut.clause(step.limit()));
    }

    private Sql outliers() {
        Expression of = Steps.valueOf(step);
        rows.gathered();
        Detail.Outliers rule = step.detail() instanceof Detail.Outliers o ? o : Detail.Outliers.TUKEY;
        rows.help(List.of(of), RowSource.Fences.aggregates(rule), List.of());
        Sql before = rows.expressions().of(of);
        RowSource.Fences fences = rows.fences(of, before, rule);
        Sql limits = rows.with(
                "fences", Sql.of("SELECT ", fences.low(), " AS low,\n  ", fences.high(), " AS high", rows.tail()));
        rows.beside(limits);
        Sql value = rows.expressions().of(of);
        select(Words.of(of), of, value, new Origin.OfOperation(Role.VALUE));
        selectOthers(of);
        output.add("lower fence", schema.unit(of), ColumnType.DECIMAL, Role.LOWER_FENCE);
        selected.add(Sql.of(limits, ".low"));
        output.add("upper fence", schema.unit(of), ColumnType.DECIMAL, Role.UPPER_FENCE);
        selected.add(Sql.of(limits, ".high"));
        Sql outside = Sql.of("(", value, " < ", limits, ".low OR ", value, " > ", limits, ".high)");
        List<Sql> names = output.names();
        List<Sql> keys = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            keys.add(dialect.sortKey(i + 1, names.get(i), i == 0 ? Direction.DESCENDING : Direction.ASCENDING));
        }
        return Sql.of(
                rows.head(),
                "SELECT ",
                Sql.join(",\n  ", aliased()),
                rows.tail(outside),
                "\nORDER BY ",
                Sql.join(", ", keys),
                Cut.clause(step.limit()));
    }

    /** What stands beside an outlier: the dimensions asked for, or all other columns. */
    private void selectOthers(Expression of) {
        if (!step.dimensions().isEmpty()) {
            selectColumns();
            return;
        }
        for (ColumnRef ref : rows.columns()) {
            Column column = schema.column(ref);
            if (!ref.equals(of)) {
                output.add(rows.label(ref), column.unit(), column.type(), new Origin.OfColumn(ref));
                selected.add(rows.expressions().exact(ref));
            }
        }
    }

    /** Whether an operation is compiled here. */
    static boolean handles(Operation operation) {
        return operation == Operation.LIST || operation == Operation.DUPLICATES || operation == Operation.OUTLIERS;
    }
}
