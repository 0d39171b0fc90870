package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Order.Direction;
import dev.datastudio.core.analysis.Step;
import dev.datastudio.core.analysis.StepColumn.Origin;
import dev.datastudio.core.analysis.StepColumn.Role;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * How columns move together: {@code CORRELATION} and {@code REGRESSION}, and the numbers by group that a {@code TEST}
 * stands on. Rows without one of the values are left out, pair by pair. Not thread-safe; one for each step.
 */
final class RelationCompiler {
    private final Step step;
    private final Dialect dialect;
    private final Schema schema;
    private final RowSource rows;
    private final Output output;
    private final List<Sql> groups = new ArrayList<>();
    private final List<Sql> keys = new ArrayList<>();

    RelationCompiler(Step step, Dialect dialect, Schema schema, LocalDate today) {
        this.step = step;
        this.dialect = dialect;
        this.schema = schema;
        this.output = new Output(dialect);
        this.rows = new RowSource(dialect, schema, step, today).filtered(step).gathered();
    }

    Compilation compile() {
        return new Compilation(statement(), output.columns());
    }

    private Sql statement() {
        if (step.operation() == Operation.TEST) {
            return test();
        }
        if (step.detail() instanceof Detail.Correlation c && c.layout() != Detail.Layout.MATRIX) {
            return list(c);
        }
        if (step.operation() == Operation.CORRELATION && step.measures().size() > 2) {
            return matrix();
        }
        return pair();
    }

    private Sql value(int measure) {
        return rows.expressions().of(Steps.valueOf(step.measures().get(measure)));
    }

    private String label(int measure) {
        return Words.of(Steps.valueOf(step.measures().get(measure)));
    }

    private void selectGroups() {
        for (int i = 0; i < step.dimensions().size(); i++) {
            Dimension dimension = step.dimensions().get(i);
            Sql name = output.add(
                    Words.of(dimension),
                    schema.unit(dimension.of()),
                    schema.type(dimension.of()),
                    new Origin.OfDimension(i));
            keys.add(Sql.of("g" + i));
            groups.add(Sql.of(
                    rows.expressions().of(dimension), " AS ", step.operation() == Operation.TEST ? name : keys.get(i)));
        }
    }

    /** Rows with both values, as x and y, and the groups that they lie in. */
    private Sql complete(Sql x, Sql y) {
        List<Sql> columns = new ArrayList<>(groups);
        columns.add(Sql.of(dialect.asDouble(x), " AS x"));
        columns.add(Sql.of(dialect.asDouble(y), " AS y"));
        Sql both = Sql.of(x, " IS NOT NULL AND ", y, " IS NOT NULL");
        return Sql.of("SELECT ", Sql.join(", ", columns), rows.tail(both));
    }

    /** Spearman's coefficient is Pearson's of the ranks, equal values sharing the mean of theirs. */
    private Sql ranked(Sql pairs, Sql table, List<Sql> names) {
        List<Sql> inside = dialect.inWindows(table, names);
        return Sql.of(
                "SELECT ",
                Sql.join(", ", names),
                names.isEmpty() ? "" : ", ",
                rank(dialect.inWindows(table, List.of(Sql.of("x"))).get(0), inside),
                " AS x, ",
                rank(dialect.inWindows(table, List.of(Sql.of("y"))).get(0), inside),
                " AS y\nFROM ",
                pairs);
    }

    /** The pairs with their distances from the means of their group. */
    private static Sql centred(Sql pairs, List<Sql> names) {
        Sql by = names.isEmpty() ? Sql.EMPTY : Sql.of("PARTITION BY ", Sql.join(", ", names));
        return Sql.of(
                Sql.of("SELECT ", Sql.join(", ", names), names.isEmpty() ? "" : ", ", "x, y"),
                Sql.of(", x - avg(x) OVER (", by, ") AS dx, y - avg(y) OVER (", by, ") AS dy\nFROM ", pairs));
    }

    private static Sql rank(Sql column, List<Sql> names) {
        Sql by = Sql.join(", ", names);
        Sql within = names.isEmpty() ? Sql.EMPTY : Sql.of("PARTITION BY ", by, " ");
        Sql same = Sql.of("PARTITION BY ", by, names.isEmpty() ? "" : ", ", column);
        return Sql.of(
                Sql.of("rank() OVER (", within, "ORDER BY ", column, ")"),
                Sql.of(" + (count(*) OVER (", same, ") - 1) / 2.0"));
    }

    private boolean isSpearman() {
        return step.detail() instanceof Detail.Correlation c && c.method() == Detail.CorrelationMethod.SPEARMAN;
    }

    private Sql pair() {
        selectGroups();
        List<Sql> names = output.names();
        boolean line = step.operation() == Operation.REGRESSION;
        // A line explains the first measure by the second.
        Sql pairs = rows.with("pairs", line ? complete(value(1), value(0)) : complete(value(0), value(1)));
        Sql from = isSpearman() ? rows.with("ranked", ranked(pairs, pairs, keys)) : pairs;
        from = dialect.hasCorrelation() ? from : rows.with("centred", centred(from, keys));
        List<Sql> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(Sql.of(keys.get(i), " AS ", names.get(i)));
        }
        Sql x = Sql.of("x");
        Sql y = Sql.of("y");
        if (line) {
            add(columns, "slope", Role.SLOPE, dialect.regression("slope", y, x));
            add(columns, "intercept", Role.INTERCEPT, dialect.regression("intercept", y, x));
            add(columns, "R²", Role.R_SQUARED, dialect.regression("r2", y, x));
            add(columns, "root mean square error", Role.ERROR, dialect.regression("error", y, x));
            if (step.detail() instanceof Detail.Prediction p) {
                Sql slope = dialect.regression("slope", y, x);
                Sql at = dialect.typed(p.at());
                Sql value = Sql.of(dialect.regression("intercept", y, x), " + ", at, " * (", slope, ")");
                String place = BigDecimal.valueOf(p.at()).stripTrailingZeros().toPlainString();
                columns.add(Sql.of(
                        value,
                        " AS ",
                        output.add(
                                "predicted " + label(0) + " at " + place,
                                schema.unit(Steps.valueOf(step.measures().get(0))),
                                ColumnType.DECIMAL,
                                Role.PREDICTION)));
            }
        } else if (step.detail() instanceof Detail.Correlation c && c.method() == Detail.CorrelationMethod.COVARIANCE) {
            add(columns, "covariance of " + label(0) + " and " + label(1), Role.COVARIANCE, dialect.covariance(x, y));
        } else {
            add(columns, correlationLabel(), Role.CORRELATION, dialect.correlation(x, y));
        }
        Sql count = output.add("count", "", ColumnType.INTEGER, Role.COUNT);
        columns.add(Sql.of("count(*) AS ", count));
        return Sql.of(
                rows.head(),
                Sql.of("SELECT ", Sql.join(",\n  ", columns), "\nFROM ", from),
                grouped(names),
                ordered(names));
    }

    private String correlationLabel() {
        return (isSpearman() ? "Spearman" : "Pearson") + " correlation of " + label(0) + " and " + label(1);
    }

    private void add(List<Sql> columns, String label, Role role, Sql value) {
        columns.add(Sql.of(value, " AS ", output.add(label, "", ColumnType.DECIMAL, role)));
    }

    private static Sql grouped(List<Sql> names) {
        List<Sql> positions = new ArrayList<>();
        for (int i = 1; i <= names.size(); i++) {
            positions.add(Sql.of(String.valueOf(i)));
        }
        return positions.isEmpty() ? Sql.EMPTY : Sql.of("\nGROUP BY ", Sql.join(", ", positions));
    }

    private Sql ordered(List<Sql> names) {
        List<Sql> keys = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            keys.add(dialect.sortKey(i + 1, names.get(i), Direction.ASCENDING));
        }
        return keys.isEmpty() ? Sql.EMPTY : Sql.of("\nORDER BY ", Sql.join(", ", keys));
    }

    /** A row for each pair, or for each column beside the first; the strongest coefficient first. */
    private Sql list(Detail.Correlation detail) {
        int size = step.measures().size();
        boolean pairs = detail.layout() == Detail.Layout.PAIRS;
        Sql name = output.add("column", "", ColumnType.TEXT, Role.NAME);
        List<Sql> names = new ArrayList<>(List.of(name));
        if (pairs) {
            names.add(output.add("other column", "", ColumnType.TEXT, Role.NAME));
        }
        String method = isSpearman() ? "Spearman correlation" : "Pearson correlation";
        names.add(output.add(pairs ? method : method + " with " + label(0), "", ColumnType.DECIMAL, Role.CORRELATION));
        List<Sql> selects = new ArrayList<>();
        for (int i = 0; i < (pairs ? size : 1); i++) {
            for (int j = i + 1; j < size; j++) {
                List<Sql> columns = new ArrayList<>();
                columns.add(Sql.of(selects.size() + " AS place"));
                columns.add(Sql.of(dialect.typed(label(pairs ? i : j)), " AS one"));
                columns.add(Sql.of(dialect.typed(label(j)), " AS other"));
                columns.add(Sql.of(cell(i, j), " AS r"));
                selects.add(Sql.of("SELECT ", Sql.join(", ", columns)));
            }
        }
        Sql all = rows.with("coefficients", Sql.join("\nUNION ALL ", selects));
        Sql shown = Sql.of("one AS ", name, pairs ? Sql.of(", other AS ", names.get(1)) : Sql.EMPTY);
        Sql least = Sql.of("\nWHERE abs(r) >= ", dialect.typed(detail.least()));
        return Sql.of(
                Sql.of(rows.head(), "SELECT ", shown, ", r AS ", names.get(names.size() - 1), "\nFROM ", all),
                detail.least() == 0 ? Sql.EMPTY : least,
                Sql.of("\nORDER BY ", dialect.windowKey(Sql.of("abs(r)"), Direction.DESCENDING), ", place"),
                Cut.clause(step.limit()));
    }

    /** A row and a column for each measure. */
    private Sql matrix() {
        int size = step.measures().size();
        Sql name = output.add("column", "", ColumnType.TEXT, Role.NAME);
        List<Sql> names = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            names.add(output.add(label(i), "", ColumnType.DECIMAL, Role.CORRELATION));
        }
        Sql pairs = rows.with("coefficients", coefficients(size));
        List<Sql> selects = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            List<Sql> columns = new ArrayList<>();
            columns.add(Sql.of(i + " AS ", output.spare("place")));
            columns.add(Sql.of(dialect.typed(label(i)), " AS ", name));
            for (int j = 0; j < size; j++) {
                columns.add(Sql.of(dialect.asDouble(Sql.of(coefficient(i, j))), " AS ", names.get(j)));
            }
            selects.add(Sql.of("SELECT ", Sql.join(", ", columns), "\nFROM ", pairs));
        }
        Sql all = rows.with("by_column", Sql.join("\nUNION ALL ", selects));
        return Sql.of(
                rows.head(),
                "SELECT ",
                Sql.join(", ", output.names()),
                "\nFROM ",
                all,
                "\nORDER BY ",
                output.spare("place"));
    }

    /** Each pair once, in one row. */
    private Sql coefficients(int size) {
        List<Sql> cells = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                cells.add(Sql.of(cell(i, j), " AS " + coefficient(i, j)));
            }
        }
        return Sql.of("SELECT ", Sql.join(",\n  ", cells));
    }

    private static String coefficient(int i, int j) {
        return i == j ? "1.0" : "r_" + Math.min(i, j) + "_" + Math.max(i, j);
    }

    private Sql cell(int i, int j) {
        Sql x = Sql.of("x");
        Sql y = Sql.of("y");
        Sql pairs = Sql.of("(", complete(value(i), value(j)), ") AS pairs");
        Sql from = isSpearman() ? Sql.of("(", ranked(pairs, Sql.of("pairs"), List.of()), ") AS ranked") : pairs;
        Sql all = dialect.hasCorrelation() ? from : Sql.of("(", centred(from, List.of()), ") AS centred");
        return Sql.of("(SELECT ", dialect.correlation(x, y), " FROM ", all, ")");
    }

    /** Number, mean and deviation of each measure in each group; of groups alone how often they occur together. */
    private Sql test() {
        List<Sql> columns = new ArrayList<>();
        selectGroups();
        List<Sql> names = output.names();
        columns.addAll(groups);
        columns.add(Sql.of("count(*) AS ", output.add("count", "", ColumnType.INTEGER, Role.COUNT)));
        for (Measure measure : step.measures()) {
            Expression of = Steps.valueOf(measure);
            Sql value = rows.expressions().of(of);
            String words = Words.of(of);
            String unit = schema.unit(of);
            columns.add(Sql.of(
                    "count(", value, ") AS ", output.add("count of " + words, "", ColumnType.INTEGER, Role.COUNT)));
            columns.add(Sql.of(
                    dialect.mean(value), " AS ", output.add("mean " + words, unit, ColumnType.DECIMAL, Role.MEAN)));
            columns.add(Sql.of(
                    dialect.aggregate(Aggregate.STANDARD_DEVIATION, value, 0, ColumnType.DECIMAL),
                    " AS ",
                    output.add("standard deviation of " + words, unit, ColumnType.DECIMAL, Role.DEVIATION)));
        }
        return Sql.of(rows.head(), "SELECT ", Sql.join(",\n  ", columns), rows.tail(), grouped(names), ordered(names));
    }
}
