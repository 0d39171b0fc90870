package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Dimension.Grouping;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Limit;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Measure.Transform;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Order.Direction;
import dev.datastudio.core.analysis.Step;
import dev.datastudio.core.analysis.StepColumn.Edge;
import dev.datastudio.core.analysis.StepColumn.Origin;
import dev.datastudio.core.analysis.StepColumn.Role;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures by groups: {@code AGGREGATE}, {@code TREND} and {@code COMPARISON}. Not thread-safe; one for each step.
 *
 * <p>The plain form is a single SELECT with GROUP BY. Transforms, ties and cuts within groups need the finished groups,
 * so they stand in layers above: {@code per_group} (raw measures), {@code computed} (transforms over all groups, so that
 * a share is one of the whole even when {@code having} hides groups) and {@code ranked} (the groups that count, with
 * their places).
 */
final class GroupCompiler {
    private final Step step;
    private final Dialect dialect;
    private final Schema schema;
    private final LocalDate today;
    private final double[] edges;
    private final RowSource rows;
    private final Output output;
    private final List<Sql> selected = new ArrayList<>();
    /** For each dimension the positions of its columns, from 0. */
    private final List<List<Integer>> dimensionColumns = new ArrayList<>();

    private final List<Integer> measureColumns = new ArrayList<>();
    /** What is grouped in place of the rows; null for the rows. */
    private @Nullable Sql tail;

    /** The names of measures that are not shown, in the layered form. */
    private final Map<Measure, Sql> hidden = new LinkedHashMap<>();

    GroupCompiler(Step step, Dialect dialect, Schema schema, LocalDate today, double[] edges) {
        this.step = step;
        this.edges = edges;
        this.dialect = dialect;
        this.schema = schema;
        this.today = today;
        this.output = new Output(dialect);
        RowSource source = new RowSource(dialect, schema, step, today).filtered(chosenGroups(step));
        boolean bins = step.dimensions().stream().anyMatch(d -> d.grouping().makesRanges());
        this.rows = bins ? source.gathered() : helped(source);
    }

    private RowSource helped(RowSource source) {
        List<Measure.Aggregated> measures = Stream.concat(step.measures().stream(), hidden())
                .flatMap(GroupCompiler::aggregated)
                .filter(m -> m.of() != null && dialect.needsHelpers(m.aggregate()))
                .toList();
        List<Expression> values = new ArrayList<>();
        measures.forEach(m -> values.add(Objects.requireNonNull(m.of())));
        return source.help(
                values, measures.stream().map(Measure.Aggregated::aggregate).toList(), step.dimensions());
    }

    private static Stream<Measure.Aggregated> aggregated(Measure measure) {
        if (measure instanceof Measure.Ratio r) {
            return Stream.of(r.numerator(), r.denominator());
        } else if (measure instanceof Measure.Moving m) {
            return Stream.of(m.of());
        }
        boolean isInterval = measure instanceof Measure.Aggregated a
                && a.of() != null
                && (a.aggregate() == Aggregate.CONFIDENCE_LOW || a.aggregate() == Aggregate.CONFIDENCE_HIGH);
        if (isInterval && measure instanceof Measure.Aggregated a) {
            return Stream.of(Measure.of(Aggregate.STANDARD_ERROR, Objects.requireNonNull(a.of())));
        }
        return measure instanceof Measure.Aggregated a ? Stream.of(a) : Stream.empty();
    }

    Compilation compile() {
        selectDimensions();
        for (Measure measure : step.measures()) {
            measureColumns.add(selected.size());
            output.add(
                    Words.of(measure),
                    schema.unit(measure),
                    schema.type(measure),
                    new Origin.OfMeasure(measureColumns.size() - 1));
            selected.add(rows.expressions().of(measure));
        }
        tail = PartNumbers.put(step, rows, output, selected, measureColumns);
        return new Compilation(isLayered() ? layered() : plain(), output.columns());
    }

    private Sql tail() {
        return tail == null ? rows.tail() : tail;
    }

    /** The step with only the groups that a comparison names. */
    private static Step chosenGroups(Step step) {
        if (step.detail() instanceof Detail.Comparison comparison
                && !comparison.groups().isEmpty()
                && step.dimensions().get(0).grouping() instanceof Grouping.ByValue) {
            Condition chosen = new Condition.OneOf(step.dimensions().get(0).of(), comparison.groups());
            return step.toBuilder()
                    .filter(Condition.all(List.of(step.filter(), chosen)))
                    .build();
        }
        return step;
    }

    private void selectDimensions() {
        for (int i = 0; i < step.dimensions().size(); i++) {
            Dimension dimension = step.dimensions().get(i);
            if (dimension.grouping().makesRanges()) {
                selectBins(i);
            } else {
                dimensionColumns.add(List.of(selected.size()));
                output.add(
                        Words.of(dimension), schema.unit(dimension.of()), type(dimension), new Origin.OfDimension(i));
                selected.add(rows.expressions().of(dimension));
            }
        }
    }

    /** The edges of the bin that a row is in; only one dimension can have bins. */
    private void selectBins(int i) {
        Dimension dimension = step.dimensions().get(i);
        String unit = schema.unit(dimension.of());
        String label = Words.of(dimension);
        Bins bins = dimension.grouping() instanceof Grouping.ByEdges given
                ? Bins.between(rows, given.edges())
                : new Bins(rows, edges);
        rows.leftJoin(bins.name(), bins.holds(rows.expressions().of(dimension.of())));
        dimensionColumns.add(List.of(selected.size(), selected.size() + 1));
        output.add(label + " from", unit, ColumnType.DECIMAL, new Origin.OfBin(i, Edge.FROM));
        output.add(label + " to", unit, ColumnType.DECIMAL, new Origin.OfBin(i, Edge.TO));
        selected.add(bins.from());
        selected.add(bins.to());
    }

    private ColumnType type(Dimension dimension) {
        if (dimension.grouping() instanceof Grouping.ByTime time) {
            return switch (time.grain()) {
                case HOUR, MINUTE -> ColumnType.TIMESTAMP;
                default -> ColumnType.DATE;
            };
        }
        return schema.type(dimension.of());
    }

    private boolean isLayered() {
        Limit limit = step.limit();
        return step.operation() == Operation.COMPARISON
                || Cut.isPlaced(limit)
                || step.measures().stream().anyMatch(m -> m.transform() != Transform.NONE)
                || hidden().anyMatch(m -> m.transform() != Transform.NONE);
    }

    private Sql plain() {
        Sql sql = Sql.of(
                rows.head(),
                "SELECT ",
                Sql.join(",\n  ", aliased(selected, output.names())),
                tail(),
                groupBy(),
                Conditions.clause("HAVING", having(m -> rows.expressions().of(m))));
        Limit limit = step.limit();
        return Sql.of(sql, groupOrder(), Cut.clause(limit));
    }

    private Sql groupBy() {
        if (step.dimensions().isEmpty()) {
            return Sql.EMPTY;
        }
        List<Sql> positions = new ArrayList<>();
        for (List<Integer> columns : dimensionColumns) {
            columns.forEach(c -> positions.add(Sql.of(String.valueOf(c + 1))));
        }
        return Sql.of("\nGROUP BY ", Sql.join(", ", positions));
    }

    private List<Sql> having(java.util.function.Function<Measure, Sql> measures) {
        return new Conditions(rows.expressions(), measures, today).parts(step.having());
    }

    private Sql groupOrder() {
        List<Sql> names = output.names();
        List<Sql> parts = sortKeys().stream().map(k -> groupKey(k, names)).toList();
        return parts.isEmpty() ? Sql.EMPTY : Sql.of("\nORDER BY ", Sql.join(", ", parts));
    }

    private Sql groupKey(SortKey key, List<Sql> names) {
        Measure measure = key.hidden();
        return measure != null
                ? dialect.windowKey(rows.expressions().of(measure), key.direction())
                : dialect.groupKey(
                        key.column() + 1, names.get(key.column()), selected.get(key.column()), key.direction());
    }

    private Sql orderBy() {
        List<SortKey> keys = sortKeys();
        List<Sql> names = output.names();
        List<Sql> parts = keys.stream()
                .map(k -> k.hidden() != null
                        ? windowKey(k, names)
                        : dialect.sortKey(k.column() + 1, names.get(k.column()), k.direction()))
                .toList();
        return parts.isEmpty() ? Sql.EMPTY : Sql.of("\nORDER BY ", Sql.join(", ", parts));
    }

    /** What the rows are sorted by: the step's order, else the operation's own, and the dimensions as the last word. */
    private List<SortKey> sortKeys() {
        List<SortKey> keys = new ArrayList<>();
        for (Order order : step.order()) {
            if (order.key() instanceof Order.Key.OfMeasure m) {
                keys.add(new SortKey(measureColumns.get(m.index()), order.direction()));
            } else if (order.key() instanceof Order.Key.OfDimension d) {
                keyColumns(dimensionColumns.get(d.index())).forEach(c -> keys.add(new SortKey(c, order.direction())));
            } else if (order.key() instanceof Order.Key.OfHidden h) {
                keys.add(new SortKey(-1, h.measure(), order.direction()));
            }
        }
        if (keys.isEmpty() && isBiggestFirst(step, schema)) {
            keys.add(new SortKey(measureColumns.get(0), Direction.DESCENDING));
        }
        for (List<Integer> columns : dimensionColumns) {
            for (int column : keyColumns(columns)) {
                if (keys.stream().noneMatch(k -> k.column() == column)) {
                    keys.add(new SortKey(column, Direction.ASCENDING));
                }
            }
        }
        return keys;
    }

    /** Bins are sorted by their upper edge, which only the last one may lack; the lower one is the first one's to lack. */
    private static List<Integer> keyColumns(List<Integer> columns) {
        return columns.size() == 2 ? List.of(columns.get(1), columns.get(0)) : columns;
    }

    /** Whether the operation's own order begins with the greatest measure: so it is for a single category. */
    static boolean isBiggestFirst(Step step, Schema schema) {
        if (step.operation() != Operation.AGGREGATE
                || step.dimensions().size() != 1
                || step.measures().isEmpty()) {
            return false;
        }
        Dimension only = step.dimensions().get(0);
        return only.grouping() instanceof Grouping.ByValue
                && schema.type(only.of()) == ColumnType.TEXT
                && step.measures().get(0).transform() != Transform.RUNNING_TOTAL
                && step.measures().get(0).transform() != Transform.RANK;
    }

    private Sql layered() {
        List<Sql> names = output.names();
        List<Sql> raw = aliased(selected, names);
        hidden().distinct().forEach(m -> hidden.put(m, output.spare("hidden " + (hidden.size() + 1))));
        hidden.forEach((measure, name) -> raw.add(Sql.of(rows.expressions().of(measure), " AS ", name)));
        Sql groups = rows.with("per_group", Sql.of("SELECT ", Sql.join(",\n  ", raw), tail(), groupBy()));
        Sql computed = rows.with("computed", computed(groups, names));
        List<Sql> kept = new Conditions(rows.expressions(), this::hiddenName, today).parts(step.having());
        Limit limit = step.limit();
        boolean placed = Cut.isPlaced(limit);
        Sql from = computed;
        List<Sql> where = kept;
        if (placed && limit != null) {
            from = rows.with("ranked", ranked(computed, kept, limit));
            where = List.of(Cut.kept(limit, output.spare("place")));
        }
        return Sql.of(
                rows.head(),
                "SELECT ",
                Sql.join(", ", output.names()),
                "\nFROM ",
                from,
                Conditions.clause("WHERE", where),
                step.detail() instanceof Detail.Comparison && step.order().isEmpty() ? comparedOrder() : orderBy(),
                placed ? "" : Cut.clause(limit));
    }

    /** What groups are chosen or sorted by without being shown. */
    private Stream<Measure> hidden() {
        Stream<Measure> keys = step.order().stream()
                .filter(o -> o.key() instanceof Order.Key.OfHidden)
                .map(o -> ((Order.Key.OfHidden) o.key()).measure());
        return Stream.concat(havingMeasures(step.having()), keys);
    }

    private Sql hiddenName(Measure measure) {
        Sql name = hidden.get(measure);
        if (name == null) {
            throw new IllegalStateException("Measure " + measure + " was not collected");
        }
        return name;
    }

    private static Stream<Measure> havingMeasures(Condition condition) {
        return condition instanceof Condition.MeasureComparison m
                ? Stream.of(m.measure())
                : condition.children().flatMap(GroupCompiler::havingMeasures);
    }

    private Sql computed(Sql groups, List<Sql> names) {
        List<Sql> inside = dialect.inWindows(groups, names);
        Transforms transforms = new Transforms(dialect, partition(inside), windowOrder(inside), family(inside));
        List<Sql> columns = new ArrayList<>();
        dimensionColumns.forEach(cs -> cs.forEach(c -> columns.add(names.get(c))));
        for (int i = 0; i < step.measures().size(); i++) {
            Sql name = names.get(measureColumns.get(i));
            columns.add(transformed(transforms, step.measures().get(i), inside.get(measureColumns.get(i)), name));
        }
        hidden.forEach((measure, name) -> columns.add(transformed(
                transforms, measure, dialect.inWindows(groups, List.of(name)).get(0), name)));
        if (step.detail() instanceof Detail.Comparison || step.operation() == Operation.COMPARISON) {
            columns.addAll(compared(names, inside));
        }
        return Sql.of("SELECT ", Sql.join(",\n  ", columns), "\nFROM ", groups);
    }

    private static Sql transformed(Transforms transforms, Measure measure, Sql value, Sql name) {
        if (measure instanceof Measure.Moving m) {
            return Sql.of(transforms.moving(m.aggregate(), m.length(), value), " AS ", name);
        }
        return measure.transform() == Transform.NONE
                ? name
                : Sql.of(transforms.of(measure.transform(), value), " AS ", name);
    }

    /** The columns of all dimensions but the last. */
    private List<Sql> family(List<Sql> names) {
        return dimensionColumns.stream()
                .limit(Math.max(0, dimensionColumns.size() - 1))
                .flatMap(List::stream)
                .map(names::get)
                .toList();
    }

    /** Changes run along time within each of the other groups; without time they run along the rows. */
    private List<Sql> partition(List<Sql> names) {
        int time = timeDimension();
        List<Sql> others = new ArrayList<>();
        for (int i = 0; time >= 0 && i < dimensionColumns.size(); i++) {
            if (i != time) {
                dimensionColumns.get(i).forEach(c -> others.add(names.get(c)));
            }
        }
        return others;
    }

    private Sql windowOrder(List<Sql> names) {
        int time = timeDimension();
        if (time >= 0) {
            return dialect.windowKey(names.get(dimensionColumns.get(time).get(0)), Direction.ASCENDING);
        }
        return windowKeys(names, -1);
    }

    private Sql windowKeys(List<Sql> names, int except) {
        List<Sql> keys = sortKeys().stream()
                .filter(k -> except < 0 || !dimensionColumns.get(except).contains(k.column()))
                .map(k -> windowKey(k, names))
                .toList();
        return keys.isEmpty() ? Sql.of("1") : Sql.join(", ", keys);
    }

    private Sql windowKey(SortKey key, List<Sql> names) {
        Measure measure = key.hidden();
        return dialect.windowKey(measure == null ? names.get(key.column()) : hiddenName(measure), key.direction());
    }

    private int timeDimension() {
        if (step.operation() == Operation.TREND) {
            return 0;
        }
        for (int i = 0; i < step.dimensions().size(); i++) {
            if (step.dimensions().get(i).grouping() instanceof Grouping.ByTime) {
                return i;
            }
        }
        return -1;
    }

    private Sql ranked(Sql computed, List<Sql> kept, Limit limit) {
        List<Sql> names = output.names();
        Sql partition = Sql.EMPTY;
        if (limit.perDimension() >= 0) {
            List<Sql> by = dimensionColumns.get(limit.perDimension()).stream()
                    .map(names::get)
                    .toList();
            partition = Sql.of("PARTITION BY ", Sql.join(", ", by), " ");
        }
        boolean ties = limit.ties() == Limit.Ties.KEEP;
        Sql order = ties ? firstKeys(names) : windowKeys(names, limit.perDimension());
        return Sql.of(
                "SELECT *, ",
                Cut.place(limit, ties),
                " OVER (",
                partition,
                "ORDER BY ",
                order,
                ") AS ",
                output.spare("place"),
                "\nFROM ",
                computed,
                Conditions.clause("WHERE", kept));
    }

    /** The keys that decide what is equal: those asked for, without the dimensions that only break ties. */
    private Sql firstKeys(List<Sql> names) {
        int asked = Math.max(1, step.order().size());
        List<Sql> keys =
                sortKeys().stream().limit(asked).map(k -> windowKey(k, names)).toList();
        return keys.isEmpty() ? Sql.of("1") : Sql.join(", ", keys);
    }

    /** Difference and ratio of each measure to the first group within the other dimensions. */
    private List<Sql> compared(List<Sql> names, List<Sql> inside) {
        List<Sql> others = new ArrayList<>();
        for (int i = 1; i < dimensionColumns.size(); i++) {
            dimensionColumns.get(i).forEach(c -> others.add(inside.get(c)));
        }
        Sql partition = others.isEmpty() ? Sql.EMPTY : Sql.of("PARTITION BY ", Sql.join(", ", others), " ");
        Sql window = Sql.of(" OVER (", partition, "ORDER BY ", comparedKeys(inside), ")");
        List<Sql> columns = new ArrayList<>();
        for (int i = 0; i < step.measures().size(); i++) {
            Measure measure = step.measures().get(i);
            Sql name = names.get(measureColumns.get(i));
            Sql first = Sql.of("first_value(", name, ")", window);
            String label = Words.of(measure);
            Sql difference =
                    output.add("difference of " + label, schema.unit(measure), schema.type(measure), Role.DIFFERENCE);
            Sql ratio = output.add("ratio of " + label, "", ColumnType.DECIMAL, Role.RATIO);
            columns.add(Sql.of(name, " - ", first, " AS ", difference));
            columns.add(Sql.of(dialect.divide(name, first), " AS ", ratio));
        }
        return columns;
    }

    private Sql comparedKeys(List<Sql> names) {
        Sql first = names.get(dimensionColumns.get(0).get(0));
        Sql key = dialect.windowKey(first, Direction.ASCENDING);
        Sql place = place(first);
        return place.isEmpty() ? key : Sql.of(place, ", ", key);
    }

    private Sql comparedOrder() {
        List<Sql> names = output.names();
        List<Sql> keys = new ArrayList<>();
        for (int i = 1; i < dimensionColumns.size(); i++) {
            dimensionColumns.get(i).forEach(c -> keys.add(dialect.windowKey(names.get(c), Direction.ASCENDING)));
        }
        keys.add(comparedKeys(names));
        return Sql.of("\nORDER BY ", Sql.join(", ", keys));
    }

    /** The groups in the order in which the comparison names them. */
    private Sql place(Sql name) {
        if (!(step.detail() instanceof Detail.Comparison comparison)
                || comparison.groups().isEmpty()) {
            return Sql.EMPTY;
        }
        boolean text = schema.type(step.dimensions().get(0).of()) == ColumnType.TEXT;
        Sql key = text ? Sql.of("lower(", name, ")") : name;
        List<Sql> cases = new ArrayList<>();
        for (int i = 0; i < comparison.groups().size(); i++) {
            Sql value = dialect.value(comparison.groups().get(i).value());
            cases.add(Sql.of("WHEN ", text ? Sql.of("lower(", value, ")") : value, " THEN " + (i + 1)));
        }
        return Sql.of("CASE ", key, " ", Sql.join(" ", cases), " END");
    }

    private static List<Sql> aliased(List<Sql> selected, List<Sql> names) {
        List<Sql> columns = new ArrayList<>();
        for (int i = 0; i < selected.size(); i++) {
            Sql column = selected.get(i);
            boolean same = column.bound().equals(names.get(i).bound());
            columns.add(same ? column : Sql.of(column, " AS ", names.get(i)));
        }
        return columns;
    }

    /** A column, or a measure that none shows. */
    private record SortKey(int column, @Nullable Measure hidden, Direction direction) {
        SortKey(int column, Direction direction) {
            this(column, null, direction);
        }
    }
}
