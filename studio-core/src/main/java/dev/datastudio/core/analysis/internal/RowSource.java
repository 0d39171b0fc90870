package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Cleaning;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.ColumnRef;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Source;
import dev.datastudio.core.analysis.Step;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The rows that a step reads: FROM, WHERE and the common table expressions they need. Not thread-safe; one for each
 * compilation.
 *
 * <p>Cleaning and {@link #gathered()} put rows into a table expression of their own, whose columns are then read
 * instead of those of the tables.
 */
final class RowSource {
    private final Dialect dialect;
    private final Schema schema;
    private final LocalDate today;
    private final Map<ColumnRef, Sql> names = new LinkedHashMap<>();
    private final List<Sql> withs = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();
    private Sql from;
    private Expressions unfiltered;
    private final Map<Expression, Dialect.Helpers> helpers = new HashMap<>();
    private boolean joined;
    private boolean helped;
    private List<Sql> where = List.of();

    /** The rows of the step's tables, cleaned but not yet filtered. */
    RowSource(Dialect dialect, Schema schema, Step step, LocalDate today) {
        this.dialect = dialect;
        this.schema = schema;
        this.today = today;
        Source source = step.source();
        joined = source.tables().size() > 1;
        for (String table : schema.tableNames()) {
            taken.add(table.toLowerCase(Locale.ROOT));
        }
        for (String table : source.tables()) {
            Dataset dataset = schema.table(table);
            for (Column column : dataset.columns()) {
                Sql name = dialect.name(column.name());
                names.put(
                        new ColumnRef(dataset.table(), column.name()),
                        joined ? Sql.of(dialect.name(dataset.table()), ".", name) : name);
            }
        }
        from = from(source);
        unfiltered = allRows();
        for (Cleaning cleaning : step.cleaning()) {
            clean(cleaning);
            unfiltered = allRows();
        }
    }

    /** Values over the rows as they are now, whatever becomes of them later. */
    private Expressions allRows() {
        Map<ColumnRef, Sql> now = Map.copyOf(names);
        Sql all = from;
        return new Expressions(
                dialect,
                schema,
                ref -> get(now, ref),
                measure -> overall(measure, all),
                Map.of(),
                this::statement,
                today);
    }

    /** Keeps the rows that the step's filter holds for. */
    RowSource filtered(Step step) {
        where = new Conditions(expressions(), m -> Sql.of("NULL"), today).parts(step.filter());
        return this;
    }

    /** Puts the rows that are left into a table expression, so that they can be read more than once. */
    RowSource gathered() {
        if (!joined && where.isEmpty()) {
            return this;
        }
        return gather("chosen", "SELECT ");
    }

    Dialect dialect() {
        return dialect;
    }

    Schema schema() {
        return schema;
    }

    Expressions expressions() {
        return new Expressions(
                dialect, schema, this::column, m -> unfiltered.overall(m), Map.copyOf(helpers), this::statement, today);
    }

    private Sql statement(Step other) {
        return StepCompiler.statement(other, dialect, schema, today);
    }

    /** The columns that can be read, in order. */
    List<ColumnRef> columns() {
        return List.copyOf(names.keySet());
    }

    /** What a column is called in these rows. */
    Sql column(ColumnRef ref) {
        return get(names, ref);
    }

    private static Sql get(Map<ColumnRef, Sql> names, ColumnRef ref) {
        Sql name = names.get(ref);
        if (name == null) {
            throw new IllegalStateException("Column " + ref + " was not validated");
        }
        return name;
    }

    /** A label for each column, that of the table before it where two have one name. */
    String label(ColumnRef ref) {
        long same = names.keySet().stream()
                .filter(other -> other.name().equalsIgnoreCase(ref.name()))
                .count();
        return same > 1 ? ref.table() + "." + ref.name() : ref.name();
    }

    /** Adds a table expression, and gives the name that it got. */
    Sql with(String name, Sql select) {
        return with(name, List.of(), select);
    }

    /** Adds a table expression whose columns are named apart from its statement, and gives the name that it got. */
    Sql with(String name, List<String> columns, Sql select) {
        String free = name;
        for (int i = 2; !taken.add(free); i++) {
            free = name + "_" + i;
        }
        String list = columns.isEmpty() ? "" : "(" + String.join(", ", columns) + ")";
        withs.add(Sql.of(free + list + " AS ", select.inBrackets()));
        return Sql.of(free);
    }

    /** A name that no column of the rows has, so that theirs need no table before them when both are read. */
    String freeColumn(String name) {
        String free = name;
        for (int i = 2; isColumn(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }

    private boolean isColumn(String name) {
        return names.keySet().stream().anyMatch(ref -> label(ref).equalsIgnoreCase(name));
    }

    /** Puts the row of a table expression beside each row that it belongs to, and nothing beside the others. */
    void leftJoin(Sql name, Sql on) {
        from = Sql.of(from, "\nLEFT JOIN ", name, " ON ", on);
    }

    /** The table or table expression that the rows are in, once they are gathered. */
    Sql name() {
        return from;
    }

    /** Puts the single row of a table expression beside every row; columns are told apart by their table from then on. */
    void beside(Sql name) {
        if (!joined) {
            Sql table = from;
            names.replaceAll((ref, column) -> Sql.of(table, ".", column));
            joined = true;
        }
        from = Sql.of(from, "\nCROSS JOIN ", name);
    }

    /** The statement's beginning: the table expressions. */
    Sql head() {
        return withs.isEmpty() ? Sql.EMPTY : Sql.of("WITH ", Sql.join(",\n", withs), "\n");
    }

    /** FROM and WHERE, each on a line that it begins. */
    Sql tail() {
        return Sql.of("\nFROM ", from, Conditions.clause("WHERE", where));
    }

    /** FROM and WHERE with one more condition. */
    Sql tail(Sql condition) {
        List<Sql> all = new ArrayList<>(where);
        all.add(condition);
        return Sql.of("\nFROM ", from, Conditions.clause("WHERE", all));
    }

    private Sql overall(Measure.Aggregated measure, Sql all) {
        Expression of = measure.of();
        if (of != null && dialect.needsHelpers(measure.aggregate())) {
            Dialect.Helpers beside = dialect.helpers(unfiltered.of(of), Sql.EMPTY, "");
            Sql columns = Sql.join(", ", beside.columns());
            Sql value = Sql.of(unfiltered.of(of), " AS v");
            return Sql.of(
                    Sql.of("(SELECT ", dialect.aggregate(measure.aggregate(), Sql.of("v"), measure.fraction(), beside)),
                    Sql.of(" FROM (SELECT ", value, ", ", columns, " FROM ", all, ") placed)"));
        }
        return Sql.of("(SELECT ", unfiltered.of((Measure) measure), " FROM ", all, ")");
    }

    private Sql from(Source source) {
        Sql sql = dialect.name(schema.table(source.tables().get(0)).table());
        for (int i = 0; i < source.joins().size(); i++) {
            Source.Join join = source.joins().get(i);
            sql = Sql.of(
                    sql,
                    "\nJOIN ",
                    dialect.name(schema.table(source.tables().get(i + 1)).table()),
                    " ON ",
                    joinKey(join.left()),
                    " = ",
                    joinKey(join.right()));
        }
        return sql;
    }

    private Sql joinKey(ColumnRef ref) {
        boolean folds = dialect instanceof MySqlDialect;
        return folds ? dialect.exact(column(ref), schema.type(ref)) : column(ref);
    }

    private void clean(Cleaning cleaning) {
        if (cleaning instanceof Cleaning.WithoutMissing missing) {
            List<ColumnRef> checked = missing.columns().isEmpty() ? columns() : missing.columns();
            where = checked.stream().map(c -> Sql.of(column(c), " IS NOT NULL")).toList();
            gather("cleaned", "SELECT ");
        } else if (cleaning instanceof Cleaning.WithoutOutliers outliers) {
            withoutOutliers(outliers);
        } else if (cleaning instanceof Cleaning.OnlyOutliers outliers) {
            onlyOutliers(outliers);
        } else if (cleaning instanceof Cleaning.Filled filled) {
            fill(filled);
        } else if (cleaning instanceof Cleaning.Derived derived) {
            derive(derived);
        } else if (cleaning instanceof Cleaning.WithoutDuplicates) {
            gather("cleaned", "SELECT DISTINCT ");
        } else {
            throw new AssertionError(cleaning);
        }
    }

    private void withoutOutliers(Cleaning.WithoutOutliers cleaning) {
        Fences fences = fences(cleaning.column(), cleaning.rule());
        Sql value = column(cleaning.column());
        where = List.of(
                Sql.of("(", value, " IS NULL OR ", value, " BETWEEN ", fences.low(), " AND ", fences.high(), ")"));
        gather("cleaned", "SELECT ");
    }

    private void onlyOutliers(Cleaning.OnlyOutliers cleaning) {
        Fences fences = fences(cleaning.column(), cleaning.rule());
        Sql value = column(cleaning.column());
        where = List.of(Sql.of("(", value, " < ", fences.low(), " OR ", value, " > ", fences.high(), ")"));
        gather("cleaned", "SELECT ");
    }

    /** The fences of a column over all rows, each a value of its own. */
    private Fences fences(ColumnRef column, Detail.Outliers rule) {
        gatherJoined();
        help(List.of(column), Fences.aggregates(rule), List.of());
        Fences fences = fences(column, column(column), rule);
        return new Fences(
                Sql.of("(SELECT ", fences.low(), " FROM ", from, ")"),
                Sql.of("(SELECT ", fences.high(), " FROM ", from, ")"));
    }

    private void gatherJoined() {
        if (joined) {
            gather("joined", "SELECT ");
            unfiltered = allRows();
        }
    }

    private void fill(Cleaning.Filled cleaning) {
        gatherJoined();
        Sql filled = Sql.of(
                "coalesce(", column(cleaning.column()), ", ", expressions().of(cleaning.with()), ")");
        List<Sql> columns = new ArrayList<>();
        names.forEach((ref, name) -> columns.add(ref.equals(cleaning.column()) ? Sql.of(filled, " AS ", name) : name));
        from = with("filled", Sql.of("SELECT ", Sql.join(",\n  ", columns), tail()));
    }

    private void derive(Cleaning.Derived cleaning) {
        gatherJoined();
        Sql name = dialect.name(cleaning.column().name());
        Sql value = expressions().of(cleaning.value());
        from = with("derived", Sql.of("SELECT ", from, ".*, ", value, " AS ", name, tail()));
        names.put(cleaning.column(), name);
    }

    /** The lowest and highest value that is not an outlier, as aggregates of the value. */
    Fences fences(Expression of, Sql value, Detail.Outliers rule) {
        Expressions expressions = expressions();
        Sql times = dialect.typed(rule.threshold());
        if (rule.method() != Detail.OutlierMethod.INTERQUARTILE_RANGE) {
            Sql deviation = expressions.aggregate(Fences.deviation(rule), of, value, 0);
            Sql mean = Sql.of("avg(", value, ")");
            return new Fences(
                    Sql.of(mean, " - ", times, " * ", deviation), Sql.of(mean, " + ", times, " * ", deviation));
        }
        Sql first = expressions.aggregate(Aggregate.PERCENTILE, of, value, 0.25);
        Sql third = expressions.aggregate(Aggregate.PERCENTILE, of, value, 0.75);
        Sql reach = Sql.of(times, " * (", third, " - ", first, ")");
        return new Fences(Sql.of(first, " - ", reach), Sql.of(third, " + ", reach));
    }

    private RowSource gather(String name, String select) {
        Map<ColumnRef, Sql> inside = new LinkedHashMap<>();
        List<Sql> columns = new ArrayList<>();
        for (ColumnRef ref : names.keySet()) {
            Sql alias = dialect.name(label(ref));
            Sql column = select.contains("DISTINCT") ? dialect.exact(column(ref), schema.type(ref)) : column(ref);
            columns.add(Sql.of(column, " AS ", alias));
            inside.put(ref, alias);
        }
        boolean distinct = select.contains("DISTINCT") && dialect instanceof MySqlDialect;
        Sql list = joined || helped || distinct ? Sql.join(",\n  ", columns) : Sql.of("*");
        from = with(name, Sql.of(select, list, tail()));
        where = List.of();
        if (joined) {
            names.putAll(inside);
            joined = false;
        }
        helped = false;
        helpers.clear();
        return this;
    }

    /** Puts beside some values what their aggregates need, where the dialect has no such aggregates. */
    RowSource help(Collection<? extends Expression> values, Collection<Aggregate> aggregates, List<Dimension> by) {
        if (aggregates.stream().noneMatch(dialect::needsHelpers)) {
            return this;
        }
        if (joined) {
            gather("joined", "SELECT ");
        }
        List<Sql> groups = by.stream().map(d -> expressions().of(d)).toList();
        Sql partition = groups.isEmpty() ? Sql.EMPTY : Sql.of("PARTITION BY ", Sql.join(", ", groups), " ");
        List<Sql> columns = new ArrayList<>();
        Map<Expression, Dialect.Helpers> added = new HashMap<>();
        for (Expression value : new LinkedHashSet<Expression>(values)) {
            String suffix = freeColumn(" of " + added.size());
            Dialect.Helpers beside = dialect.helpers(expressions().of(value), partition, suffix);
            columns.addAll(beside.columns());
            added.put(value, beside);
        }
        Sql table = from;
        from = with("helped", Sql.of("SELECT ", table, ".*, ", Sql.join(",\n  ", columns), tail()));
        where = List.of();
        helped = true;
        helpers.putAll(added);
        return this;
    }

    record Fences(Sql low, Sql high) {
        static List<Aggregate> aggregates(Detail.Outliers rule) {
            boolean quartiles = rule.method() == Detail.OutlierMethod.INTERQUARTILE_RANGE;
            return List.of(quartiles ? Aggregate.PERCENTILE : deviation(rule));
        }

        private static Aggregate deviation(Detail.Outliers rule) {
            return rule.method() == Detail.OutlierMethod.POPULATION_Z_SCORE
                    ? Aggregate.POPULATION_STANDARD_DEVIATION
                    : Aggregate.STANDARD_DEVIATION;
        }
    }
}
