package dev.datastudio.core.analysis.internal;

import dev.datastudio.core.analysis.CompiledStep;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Limit;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Order.Direction;
import dev.datastudio.core.analysis.SqlDialect;
import dev.datastudio.core.analysis.Step;
import dev.datastudio.core.analysis.StepColumn;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Compiles validated steps. Immutable. */
public final class StepCompiler {
    private final Dialect dialect;

    public StepCompiler(SqlDialect dialect) {
        this(Dialect.of(dialect));
    }

    private StepCompiler(Dialect dialect) {
        this.dialect = dialect;
    }

    /** A step without bins that validation has made, as SQL. */
    public CompiledStep compile(Step step, Schema schema, LocalDate today) {
        if (BinnedValue.of(step, schema).isPresent()) {
            throw new IllegalArgumentException("step has bins, so that the spread of its values must be given");
        }
        return compile(step, schema, today, new double[0]);
    }

    /** A step that validation has made, as SQL with bins of these edges; empty ones when there are no values. */
    public CompiledStep compile(Step step, Schema schema, LocalDate today, double[] edges) {
        return compilation(step, schema, today, edges).compiled(dialect);
    }

    /** A step without bins that validation has made, as it stands within the statement of another one. */
    static Sql statement(Step step, Dialect dialect, Schema schema, LocalDate today) {
        return new StepCompiler(dialect)
                .compilation(step, schema, today, new double[0])
                .sql();
    }

    private Compilation compilation(Step step, Schema tables, LocalDate today, double[] edges) {
        Schema schema = tables.with(step);
        return switch (step.operation()) {
            case AGGREGATE, TREND, COMPARISON -> new GroupCompiler(step, dialect, schema, today, edges).compile();
            case LIST, DUPLICATES, OUTLIERS -> new RowCompiler(step, dialect, schema, today).compile();
            case DISTRIBUTION -> new DistributionCompiler(step, dialect, schema, today, edges).compile();
            case SUMMARY, MISSING -> new ColumnCompiler(step, dialect, schema, today).compile();
            case CORRELATION, REGRESSION, TEST -> new RelationCompiler(step, dialect, schema, today).compile();
            case COMBINATION -> combination(step, schema, today);
        };
    }

    /** Both sides as sets of rows, sorted and cut together. */
    private Compilation combination(Step step, Schema schema, LocalDate today) {
        Detail.Combination combination = (Detail.Combination) step.detail();
        Compilation left = compilation(side(step), schema, today, new double[0]);
        Compilation right = compilation(combination.other(), schema, today, new double[0]);
        String operator = switch (combination.operator()) {
            case UNION -> "UNION";
            case INTERSECTION -> "INTERSECT";
            case DIFFERENCE -> "EXCEPT";
        };
        Output output = new Output(dialect);
        List<StepColumn> columns = left.columns();
        columns.forEach(c -> output.add(c.label(), c.unit(), c.type(), c.origin()));
        Limit limit = step.limit();
        return new Compilation(
                Sql.of(
                        "SELECT * FROM ",
                        left.sql().inBrackets(),
                        " AS one\n" + operator + "\nSELECT * FROM ",
                        right.sql().inBrackets(),
                        " AS other\nORDER BY ",
                        Sql.join(", ", keys(step, output)),
                        Cut.clause(limit)),
                columns);
    }

    /** The step's own rows; its order and limit are for what comes out. */
    private static Step side(Step step) {
        Operation operation = step.measures().isEmpty() ? Operation.LIST : Operation.AGGREGATE;
        return step.toBuilder()
                .operation(operation)
                .order(List.of())
                .limit(null)
                .detail(new Detail.None())
                .build();
    }

    private List<Sql> keys(Step step, Output output) {
        List<Sql> names = output.names();
        List<Sql> keys = new ArrayList<>();
        for (Order order : step.order()) {
            int column = order.key() instanceof Order.Key.OfMeasure m
                    ? position(output, new StepColumn.Origin.OfMeasure(m.index()))
                    : position(
                            output, new StepColumn.Origin.OfDimension(((Order.Key.OfDimension) order.key()).index()));
            keys.add(dialect.sortKey(column + 1, names.get(column), order.direction()));
        }
        for (int i = 0; i < names.size(); i++) {
            keys.add(dialect.sortKey(i + 1, names.get(i), Direction.ASCENDING));
        }
        return keys;
    }

    private static int position(Output output, StepColumn.Origin origin) {
        for (int i = 0; i < output.columns().size(); i++) {
            if (output.columns().get(i).origin().equals(origin)) {
                return i;
            }
        }
        throw new IllegalStateException("Column " + origin + " was not validated");
    }
}
