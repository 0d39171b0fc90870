package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Dimension.Grouping;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Order.Direction;
import dev.datastudio.core.analysis.Step;
import dev.datastudio.core.analysis.StepColumn.Edge;
import dev.datastudio.core.analysis.StepColumn.Origin;
import dev.datastudio.core.analysis.StepColumn.Role;
import dev.datastudio.core.analysis.TimeGrain;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** How values spread: bins, boxes, categories or periods. Not thread-safe; one for each step. */
final class DistributionCompiler {
    /** So many categories are named; the rest is gathered, unless it is a single one. */
    private static final int NAMED = 20;

    private final Step step;
    private final Dialect dialect;
    private final Schema schema;
    private final RowSource rows;
    private final Output output;
    private final Expression of;
    private final String label;
    private final double[] edges;

    DistributionCompiler(Step step, Dialect dialect, Schema schema, LocalDate today, double[] edges) {
        this.step = step;
        this.dialect = dialect;
        this.schema = schema;
        this.output = new Output(dialect);
        this.edges = edges;
        this.of = Steps.valueOf(step);
        this.label = Words.of(of);
        this.rows = new RowSource(dialect, schema, step, today).filtered(step).gathered();
    }

    Compilation compile() {
        return new Compilation(statement(), output.columns());
    }

    private Sql statement() {
        return switch (Steps.spread(step, schema)) {
            case BINS -> bins();
            case BOXES -> boxes();
            case CATEGORIES -> categories();
            case TIMES -> times();
        };
    }

    private Sql bins() {
        Bins bins = new Bins(rows, edges);
        Sql value = rows.expressions().of(of);
        String unit = schema.unit(of);
        Sql from = output.add(label + " from", unit, ColumnType.DECIMAL, new Origin.OfBin(0, Edge.FROM));
        Sql to = output.add(label + " to", unit, ColumnType.DECIMAL, new Origin.OfBin(0, Edge.TO));
        Sql count = output.add("count", "", ColumnType.INTEGER, Role.COUNT);
        return Sql.of(
                Sql.of(rows.head(), "SELECT ", bins.from(), " AS ", from, ",\n  ", bins.to(), " AS ", to),
                Sql.of(",\n  count(", value, ") AS ", count),
                Sql.of("\nFROM ", bins.name(), "\nLEFT JOIN ", rows.name(), " ON ", bins.holds(value)),
                Sql.of("\nGROUP BY 1, 2", edges.length > 0 ? "" : Sql.of("\nHAVING count(", value, ") > 0")),
                Sql.of("\nORDER BY ", dialect.sortKey(2, to, Direction.ASCENDING)));
    }

    private Sql categories() {
        ColumnType type = schema.type(of);
        boolean numbers = type.isNumeric();
        Sql name = output.add(label, schema.unit(of), numbers ? type : ColumnType.TEXT, Role.VALUE);
        Sql count = output.add("count", "", ColumnType.INTEGER, Role.COUNT);
        Sql share = output.add("share", "%", ColumnType.DECIMAL, Role.SHARE);
        Sql value = rows.expressions().exact(of);
        Sql counted = rows.with(
                "counted", Sql.of("SELECT ", value, " AS category, count(*) AS n", rows.tail(), "\nGROUP BY 1"));
        if (numbers) {
            return Sql.of(
                    rows.head(),
                    Sql.of("SELECT category AS ", name, ",\n  n AS ", count, ",\n  "),
                    Sql.of(dialect.divide(Sql.of("100 * n"), Sql.of("sum(n) OVER ()")), " AS ", share),
                    Sql.of("\nFROM ", counted, "\nORDER BY "),
                    dialect.windowKey(Sql.of("category"), Direction.ASCENDING));
        }
        return gatheredCategories(counted, type, name, count, share);
    }

    private Sql gatheredCategories(Sql counted, ColumnType type, Sql name, Sql count, Sql share) {
        Sql order = Sql.of(
                dialect.windowKey(Sql.of("n"), Direction.DESCENDING),
                ", ",
                dialect.windowKey(Sql.of("category"), Direction.ASCENDING));
        Sql ranked = rows.with(
                "ranked",
                Sql.of(
                        "SELECT category, n, row_number() OVER (ORDER BY ",
                        order,
                        ") AS place, count(*) OVER () AS categories, sum(n) OVER () AS total\nFROM ",
                        counted));
        String isNamed = "place <= " + NAMED + " OR categories <= " + (NAMED + 1);
        Sql gathered = rows.with(
                "gathered",
                Sql.of(
                        "SELECT CASE WHEN " + isNamed + " THEN ",
                        type == ColumnType.BOOLEAN
                                ? dialect.truthAsText(Sql.of("category"))
                                : dialect.asText(Sql.of("category")),
                        " ELSE 'Other (' || (categories - " + NAMED
                                + ") || ')' END AS category,\n  n, total,\n  CASE WHEN " + isNamed + " THEN place ELSE "
                                + (NAMED + 1) + " END AS place\nFROM ",
                        ranked));
        return Sql.of(
                rows.head(),
                Sql.of("SELECT category AS ", name, ",\n  sum(n) AS ", count, ",\n  "),
                Sql.of(dialect.divide(Sql.of("100 * sum(n)"), Sql.of("max(total)")), " AS ", share),
                Sql.of("\nFROM ", gathered, "\nGROUP BY category, place\nORDER BY place"));
    }

    private Sql boxes() {
        List<Sql> groups = new ArrayList<>();
        List<Sql> inGroups = new ArrayList<>();
        List<Sql> names = new ArrayList<>();
        List<Dimension> dimensions = Steps.groups(step);
        int offset = step.dimensions().size() - dimensions.size();
        for (int i = 0; i < dimensions.size(); i++) {
            Dimension dimension = dimensions.get(i);
            names.add(output.add(
                    Words.of(dimension),
                    schema.unit(dimension.of()),
                    schema.type(dimension.of()),
                    new Origin.OfDimension(i + offset)));
            inGroups.add(rows.expressions().of(dimension));
            groups.add(Sql.of(inGroups.get(i), " AS g" + i));
        }
        Sql value = rows.expressions().of(of);
        List<Sql> columns = new ArrayList<>(groups);
        columns.add(Sql.of(value, " AS v"));
        if (dialect.needsHelpers(Aggregate.PERCENTILE)) {
            Sql partition = inGroups.isEmpty() ? Sql.EMPTY : Sql.of("PARTITION BY ", Sql.join(", ", inGroups), " ");
            columns.addAll(dialect.helpers(value, partition, "").columns());
        }
        Sql taken = rows.with(
                "taken", Sql.of("SELECT ", Sql.join(", ", columns), rows.tail(Sql.of(value, " IS NOT NULL"))));
        return boxStatement(taken, names);
    }

    private Sql boxStatement(Sql taken, List<Sql> names) {
        String by = names.isEmpty() ? "" : ", ";
        List<Sql> keys = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            keys.add(Sql.of("g" + i));
        }
        Sql quartiles = rows.with(
                "quartiles",
                Sql.of(
                        Sql.of("SELECT ", Sql.join(", ", keys), by, quantile(0.25), " AS q1, "),
                        Sql.of(quantile(0.5), " AS q2, ", quantile(0.75), " AS q3\nFROM "),
                        taken,
                        groupBy(names)));
        List<Sql> same = new ArrayList<>();
        for (Sql name : keys) {
            same.add(dialect.same(Sql.of(taken, ".", name), Sql.of(quartiles, ".", name)));
        }
        Sql join = same.isEmpty()
                ? Sql.of("\nCROSS JOIN ", quartiles)
                : Sql.of("\nJOIN ", quartiles, " ON ", Sql.join(" AND ", same));
        String inside = "CASE WHEN v BETWEEN q1 - 1.5 * (q3 - q1) AND q3 + 1.5 * (q3 - q1) THEN v END";
        List<Sql> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(Sql.of(taken, ".", keys.get(i), " AS ", names.get(i)));
        }
        String unit = schema.unit(of);
        columns.add(as("count(*)", output.add("count", "", ColumnType.INTEGER, Role.COUNT)));
        columns.add(as("min(v)", decimal("minimum", unit, Role.MINIMUM)));
        columns.add(as("min(" + inside + ")", decimal("lower whisker", unit, Role.LOWER_WHISKER)));
        columns.add(as("max(q1)", decimal("first quartile", unit, Role.FIRST_QUARTILE)));
        columns.add(as("max(q2)", decimal("median", unit, Role.MEDIAN)));
        columns.add(as("max(q3)", decimal("third quartile", unit, Role.THIRD_QUARTILE)));
        columns.add(as("max(" + inside + ")", decimal("upper whisker", unit, Role.UPPER_WHISKER)));
        columns.add(as("max(v)", decimal("maximum", unit, Role.MAXIMUM)));
        columns.add(as("avg(v)", decimal("mean", unit, Role.MEAN)));
        columns.add(
                as("count(*) - count(" + inside + ")", output.add("outliers", "", ColumnType.INTEGER, Role.OUTLIERS)));
        List<Sql> order = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            order.add(dialect.sortKey(i + 1, names.get(i), Direction.ASCENDING));
        }
        return Sql.of(
                Sql.of(rows.head(), "SELECT ", Sql.join(",\n  ", columns), "\nFROM ", taken, join),
                groupBy(names),
                names.isEmpty() ? "\nHAVING count(*) > 0" : "",
                order.isEmpty() ? "" : Sql.of("\nORDER BY ", Sql.join(", ", order)));
    }

    private Sql quantile(double fraction) {
        Sql v = Sql.of("v");
        return dialect.needsHelpers(Aggregate.PERCENTILE)
                ? dialect.aggregate(Aggregate.PERCENTILE, v, fraction, dialect.helpers(v, Sql.EMPTY, ""))
                : dialect.aggregate(Aggregate.PERCENTILE, v, fraction, ColumnType.DECIMAL);
    }

    private Sql decimal(String label, String unit, Role role) {
        return output.add(label, unit, ColumnType.DECIMAL, role);
    }

    private static Sql as(String value, Sql name) {
        return Sql.of(value + " AS ", name);
    }

    private static Sql groupBy(List<Sql> names) {
        List<Sql> positions = new ArrayList<>();
        for (int i = 1; i <= names.size(); i++) {
            positions.add(Sql.of(String.valueOf(i)));
        }
        return positions.isEmpty() ? Sql.EMPTY : Sql.of("\nGROUP BY ", Sql.join(", ", positions));
    }

    /** Counts of periods; without a grain asked for, the coarsest that gives at least a dozen of them. */
    private Sql times() {
        Grouping grouping = step.measures().isEmpty() ? step.dimensions().get(0).grouping() : new Grouping.ByValue();
        Sql value = rows.expressions().of(of);
        Sql period;
        ColumnType type = ColumnType.DATE;
        if (grouping instanceof Grouping.ByTime time) {
            period = dialect.grain(time.grain(), value);
            boolean points = time.grain() == TimeGrain.HOUR || time.grain() == TimeGrain.MINUTE;
            type = points ? ColumnType.TIMESTAMP : ColumnType.DATE;
        } else {
            Sql extent = rows.with("extent", extent(value));
            Sql grain = rows.with("chosen_grain", chosenGrain(extent));
            rows.beside(grain);
            value = rows.expressions().of(of);
            period = dialect.grain(Sql.of(grain, ".grain"), value);
        }
        Sql name = output.add(label, "", type, Role.VALUE);
        Sql count = output.add("count", "", ColumnType.INTEGER, Role.COUNT);
        return Sql.of(
                Sql.of(rows.head(), "SELECT ", period, " AS ", name, ",\n  count(*) AS ", count),
                rows.tail(Sql.of(value, " IS NOT NULL")),
                Sql.of("\nGROUP BY 1\nORDER BY 1"));
    }

    private Sql extent(Sql value) {
        return Sql.of(
                "SELECT ",
                dialect.daysBetween(Sql.of("min(", value, ")"), Sql.of("max(", value, ")")),
                " AS days",
                rows.tail());
    }

    private static Sql chosenGrain(Sql extent) {
        return Sql.of(
                "SELECT CASE WHEN days > 4380 THEN 'year' WHEN days > 1460 THEN 'quarter' WHEN days > 180 THEN 'month'"
                        + "\n  WHEN days > 60 THEN 'week' ELSE 'day' END AS grain\nFROM ",
                extent);
    }
}
