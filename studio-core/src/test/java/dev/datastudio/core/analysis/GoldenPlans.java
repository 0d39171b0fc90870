package dev.datastudio.core.analysis;

import dev.datastudio.core.analysis.Condition.Comparator;
import dev.datastudio.core.analysis.Condition.Comparison;
import dev.datastudio.core.analysis.Expression.Applied;
import dev.datastudio.core.analysis.Expression.Arithmetic;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.analysis.Expression.Operator;
import dev.datastudio.core.analysis.Expression.Overall;
import dev.datastudio.core.analysis.Expression.PartOf;
import dev.datastudio.core.analysis.Measure.Transform;
import dev.datastudio.core.analysis.Order.Direction;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Steps of every operation, by a name; all engines answer them alike. */
final class GoldenPlans {
    private static final String NET = "it's \"net\"";
    private static final Dimension BY_REGION = Dimension.of(col("Region"));
    private final Map<String, Step> plans = new LinkedHashMap<>();

    private GoldenPlans() {}

    static Map<String, Step> all() {
        GoldenPlans golden = new GoldenPlans();
        golden.rows();
        golden.aggregates();
        golden.groups();
        golden.times();
        golden.transforms();
        golden.layers();
        golden.conditions();
        golden.spreads();
        golden.relations();
        golden.cleaning();
        golden.prepared();
        return golden.plans;
    }

    private static Expression.ColumnRef col(String name) {
        return new Expression.ColumnRef(GoldenTables.SALES, name);
    }

    private static Measure.Aggregated of(Aggregate aggregate, Expression of) {
        return Measure.of(aggregate, of);
    }

    private static Measure with(Aggregate aggregate, Expression of, Transform transform) {
        return new Measure.Aggregated(aggregate, of, 0, transform);
    }

    private static Condition is(Expression left, Comparator comparator, Object right) {
        return new Comparison(left, comparator, new Constant(right));
    }

    private static Step.Builder step(Operation operation) {
        return Step.of(operation, GoldenTables.SALES);
    }

    private void add(String name, Step.Builder step) {
        plans.put(name, step.build());
    }

    private void addList(String name, Condition filter) {
        add(
                name,
                step(Operation.LIST)
                        .dimensions(List.of(Dimension.of(col("id"))))
                        .filter(filter));
    }

    private void rows() {
        add("list-all", step(Operation.LIST).order(List.of(by("id"))));
        add(
                "list-ordered-by-text",
                step(Operation.LIST)
                        .dimensions(List.of(BY_REGION, Dimension.of(col("order")), Dimension.of(col("id"))))
                        .order(List.of(by("Region"), by("order"), by("id"))));
        add(
                "list-biggest",
                step(Operation.LIST)
                        .dimensions(List.of(Dimension.of(col("id")), Dimension.of(col(NET))))
                        .order(List.of(new Order(new Order.Key.OfValue(col(NET)), Direction.DESCENDING)))
                        .limit(Limit.of(3)));
        add(
                "list-top-of-each-group",
                step(Operation.LIST)
                        .dimensions(List.of(BY_REGION, Dimension.of(col("id"))))
                        .order(List.of(new Order(new Order.Key.OfValue(col(NET)), Direction.DESCENDING)))
                        .limit(new Limit(1, Limit.Ties.CUT, 0)));
        add(
                "list-expressions",
                step(Operation.LIST)
                        .dimensions(List.of(
                                Dimension.of(col("id")),
                                Dimension.of(new Arithmetic(Operator.DIVIDE, col("Units"), new Constant(4L))),
                                Dimension.of(new Arithmetic(Operator.DIVIDE, col("id"), col("Units"))),
                                Dimension.of(new Arithmetic(Operator.MULTIPLY, col(NET), new Constant(1.1))),
                                Dimension.of(new Applied(Expression.Function.UPPER, col("Region"))),
                                Dimension.of(new Applied(Expression.Function.LENGTH, col("order"))),
                                Dimension.of(new Applied(Expression.Function.ABSOLUTE, col("Units"))),
                                Dimension.of(new Applied(Expression.Function.ROUND, col(NET))),
                                Dimension.of(new Applied(Expression.Function.NATURAL_LOG, col(NET))),
                                Dimension.of(new Applied(Expression.Function.SQUARE_ROOT, col(NET)))))
                        .filter(new Condition.Not(is(col("id"), Comparator.EQUAL, 10L)))
                        .order(List.of(by("id"))));
        add("duplicates", step(Operation.DUPLICATES));
        add(
                "duplicates-of-columns",
                step(Operation.DUPLICATES).dimensions(List.of(Dimension.of(col("order")), BY_REGION)));
        add("outliers-tukey", step(Operation.OUTLIERS).measures(List.of(of(Aggregate.COUNT, col(NET)))));
        add(
                "outliers-z-score",
                step(Operation.OUTLIERS)
                        .measures(List.of(of(Aggregate.COUNT, col(NET))))
                        .dimensions(List.of(Dimension.of(col("id"))))
                        .detail(new Detail.Outliers(Detail.OutlierMethod.Z_SCORE, 2)));
    }

    private static Order by(String column) {
        return new Order(new Order.Key.OfValue(col(column)), Direction.ASCENDING);
    }

    private void aggregates() {
        for (Aggregate aggregate : Aggregate.values()) {
            String name = aggregate.name().toLowerCase(Locale.ROOT).replace('_', '-');
            Measure measure = aggregate.takesFraction()
                    ? new Measure.Aggregated(aggregate, col(NET), 0.9, Transform.NONE)
                    : of(aggregate, col(NET));
            Measure whole = aggregate.takesFraction()
                    ? new Measure.Aggregated(aggregate, col("Units"), 0.35, Transform.NONE)
                    : of(aggregate, col("Units"));
            add(name + "-of-all", step(Operation.AGGREGATE).measures(List.of(measure, whole)));
            add(
                    name + "-by-region",
                    step(Operation.AGGREGATE)
                            .dimensions(List.of(BY_REGION))
                            .measures(List.of(measure, whole))
                            .order(List.of(Order.byDimension(0, Direction.ASCENDING))));
        }
        add(
                "text-extremes",
                step(Operation.AGGREGATE)
                        .measures(List.of(
                                of(Aggregate.MIN, col("order")),
                                of(Aggregate.MAX, col("order")),
                                of(Aggregate.COUNT_DISTINCT, col("Region")),
                                of(Aggregate.MIN, col("Day")),
                                of(Aggregate.MAX, col("At")))));
        add(
                "truth",
                step(Operation.AGGREGATE)
                        .measures(List.of(
                                of(Aggregate.SUM, col("Paid")),
                                of(Aggregate.MEAN, col("Paid")),
                                of(Aggregate.COUNT, col("Paid")))));
        add(
                "ratio",
                step(Operation.AGGREGATE)
                        .dimensions(List.of(BY_REGION))
                        .measures(List.of(new Measure.Ratio(
                                of(Aggregate.SUM, col("Units")), of(Aggregate.COUNT, col("Units")), Transform.NONE))));
        add(
                "division-by-zero",
                step(Operation.AGGREGATE)
                        .measures(List.of(new Measure.Ratio(
                                of(Aggregate.SUM, col("Units")),
                                of(Aggregate.SUM, new Arithmetic(Operator.SUBTRACT, col("Units"), col("Units"))),
                                Transform.NONE))));
        add(
                "nothing",
                step(Operation.AGGREGATE)
                        .measures(List.of(Measure.count(), of(Aggregate.SUM, col(NET)), of(Aggregate.MEDIAN, col(NET))))
                        .filter(is(col("id"), Comparator.GREATER, 99L)));
    }

    private void groups() {
        add(
                "biggest-category-first",
                step(Operation.AGGREGATE)
                        .dimensions(List.of(BY_REGION))
                        .measures(List.of(of(Aggregate.SUM, col(NET)), Measure.count())));
        add(
                "two-dimensions",
                step(Operation.AGGREGATE)
                        .dimensions(List.of(Dimension.of(col("Paid")), Dimension.of(col("order"))))
                        .measures(List.of(of(Aggregate.SUM, col("Units")))));
        add(
                "top-three",
                step(Operation.AGGREGATE)
                        .dimensions(List.of(BY_REGION))
                        .measures(List.of(of(Aggregate.SUM, col("Units"))))
                        .order(List.of(Order.byMeasure(0, Direction.DESCENDING)))
                        .limit(Limit.of(3)));
        add(
                "ties-kept",
                step(Operation.AGGREGATE)
                        .dimensions(List.of(BY_REGION))
                        .measures(List.of(Measure.count()))
                        .order(List.of(Order.byMeasure(0, Direction.ASCENDING)))
                        .limit(new Limit(1, Limit.Ties.KEEP, -1)));
        add(
                "hidden-key",
                step(Operation.AGGREGATE)
                        .dimensions(List.of(BY_REGION))
                        .order(List.of(
                                new Order(new Order.Key.OfHidden(of(Aggregate.SUM, col(NET))), Direction.DESCENDING)))
                        .limit(Limit.of(2)));
        add(
                "second-place",
                step(Operation.AGGREGATE)
                        .dimensions(List.of(BY_REGION))
                        .order(List.of(new Order(new Order.Key.OfHidden(Measure.count()), Direction.ASCENDING)))
                        .limit(new Limit(1, Limit.Ties.KEEP, -1, 1)));
        add(
                "top-of-each-group",
                step(Operation.AGGREGATE)
                        .dimensions(List.of(BY_REGION, Dimension.of(col("order"))))
                        .measures(List.of(of(Aggregate.SUM, col(NET))))
                        .order(List.of(
                                Order.byDimension(0, Direction.ASCENDING), Order.byMeasure(0, Direction.DESCENDING)))
                        .limit(new Limit(1, Limit.Ties.CUT, 0)));
        add(
                "having",
                step(Operation.AGGREGATE)
                        .dimensions(List.of(BY_REGION))
                        .measures(List.of(of(Aggregate.MEAN, col(NET))))
                        .having(new Condition.MeasureComparison(
                                Measure.count(), Comparator.GREATER, new Constant(1L))));
        add(
                "having-median",
                step(Operation.AGGREGATE)
                        .dimensions(List.of(BY_REGION))
                        .measures(List.of(Measure.count()))
                        .having(new Condition.MeasureComparison(
                                of(Aggregate.MEDIAN, col(NET)), Comparator.GREATER, new Constant(12.0))));
        add(
                "bins",
                step(Operation.AGGREGATE)
                        .dimensions(List.of(new Dimension(col("Units"), new Dimension.Grouping.ByBins(5))))
                        .measures(List.of(Measure.count(), of(Aggregate.SUM, col("Units")))));
        add(
                "comparison",
                step(Operation.COMPARISON)
                        .dimensions(List.of(BY_REGION))
                        .measures(List.of(of(Aggregate.SUM, col(NET)), of(Aggregate.SUM, col("Units"))))
                        .detail(new Detail.Comparison(List.of(new Constant("west"), new Constant("North")))));
        add(
                "join",
                Step.of(
                                Operation.AGGREGATE,
                                new Source(
                                        List.of(GoldenTables.SALES, GoldenTables.STAFF),
                                        List.of(new Source.Join(
                                                col("Region"),
                                                new Expression.ColumnRef(GoldenTables.STAFF, "Region")))))
                        .dimensions(List.of(Dimension.of(new Expression.ColumnRef(GoldenTables.STAFF, "group"))))
                        .measures(List.of(of(Aggregate.SUM, col("Units")), of(Aggregate.MEDIAN, col("Units")))));
        add(
                "join-listed",
                Step.of(
                                Operation.LIST,
                                new Source(
                                        List.of(GoldenTables.SALES, GoldenTables.STAFF),
                                        List.of(new Source.Join(
                                                col("Region"),
                                                new Expression.ColumnRef(GoldenTables.STAFF, "Region")))))
                        .dimensions(List.of(
                                Dimension.of(col("id")),
                                Dimension.of(new Expression.ColumnRef(GoldenTables.STAFF, "group")))));
        subQueries();
        for (Detail.SetOperator operator : Detail.SetOperator.values()) {
            add(
                    "set-" + operator.name().toLowerCase(Locale.ROOT),
                    step(Operation.COMBINATION)
                            .dimensions(List.of(BY_REGION))
                            .filter(is(col("Units"), Comparator.GREATER, 1L))
                            .detail(new Detail.Combination(
                                    operator,
                                    step(Operation.LIST)
                                            .dimensions(List.of(BY_REGION))
                                            .filter(is(col("Paid"), Comparator.EQUAL, true))
                                            .build())));
        }
    }

    private void subQueries() {
        Dimension staffed = Dimension.of(new Expression.ColumnRef(GoldenTables.STAFF, "Region"));
        Step ofBob = Step.of(Operation.LIST, GoldenTables.STAFF)
                .dimensions(List.of(staffed))
                .filter(is(new Expression.ColumnRef(GoldenTables.STAFF, "group"), Comparator.EQUAL, "bob"))
                .build();
        Step all = Step.of(Operation.LIST, GoldenTables.STAFF)
                .dimensions(List.of(staffed))
                .build();
        addList("among", new Condition.Among(col("Region"), ofBob));
        addList("not-among", new Condition.Not(new Condition.Among(col("Region"), all)));
        Step regions = step(Operation.AGGREGATE).dimensions(List.of(BY_REGION)).build();
        add(
                "not-among-with-missing",
                Step.of(Operation.LIST, GoldenTables.STAFF)
                        .filter(new Condition.Not(new Condition.Among(staffed.of(), regions))));
        addList(
                "among-the-most-frequent",
                new Condition.Among(
                        col("Region"),
                        step(Operation.AGGREGATE)
                                .dimensions(List.of(BY_REGION))
                                .measures(List.of(Measure.count()))
                                .order(List.of(Order.byMeasure(0, Direction.DESCENDING)))
                                .limit(new Limit(1, Limit.Ties.KEEP, -1))
                                .build()));
        Step most = step(Operation.AGGREGATE)
                .measures(List.of(of(Aggregate.MEAN, col("Units"))))
                .filter(is(col("Region"), Comparator.EQUAL, "West"))
                .build();
        addList("above-a-result", new Comparison(col("Units"), Comparator.GREATER, new Expression.ResultOf(most)));
        add(
                "groups-above-a-result",
                step(Operation.AGGREGATE)
                        .dimensions(List.of(BY_REGION))
                        .measures(List.of(of(Aggregate.SUM, col("Units"))))
                        .having(new Condition.MeasureComparison(
                                of(Aggregate.SUM, col("Units")), Comparator.GREATER, new Expression.ResultOf(most))));
    }

    private void times() {
        for (TimeGrain grain : TimeGrain.values()) {
            String name = grain.name().toLowerCase(Locale.ROOT);
            String column = grain == TimeGrain.HOUR || grain == TimeGrain.MINUTE ? "At" : "Day";
            add(
                    "trend-by-" + name,
                    step(Operation.TREND)
                            .dimensions(List.of(Dimension.of(col(column), grain)))
                            .measures(List.of(of(Aggregate.SUM, col(NET)), Measure.count())));
            add(
                    "points-by-" + name,
                    step(Operation.TREND)
                            .dimensions(List.of(Dimension.of(col("At"), grain)))
                            .measures(List.of(Measure.count())));
        }
        for (DatePart part : DatePart.values()) {
            add(
                    "part-" + part.name().toLowerCase(Locale.ROOT),
                    step(Operation.AGGREGATE)
                            .dimensions(List.of(Dimension.of(new PartOf(part, col("At")))))
                            .measures(List.of(Measure.count())));
        }
        add(
                "days-between",
                step(Operation.LIST)
                        .dimensions(List.of(
                                Dimension.of(col("id")),
                                Dimension.of(new Arithmetic(
                                        Operator.SUBTRACT, col("Day"), new Constant(LocalDate.of(2024, 1, 1)))),
                                Dimension.of(new Arithmetic(Operator.SUBTRACT, col("At"), col("Day")))))
                        .order(List.of(by("id"))));
    }

    private void transforms() {
        for (Transform transform : Transform.values()) {
            String name = transform.name().toLowerCase(Locale.ROOT).replace('_', '-');
            add(
                    name + "-along-months",
                    step(Operation.TREND)
                            .dimensions(List.of(Dimension.of(col("Day"), TimeGrain.MONTH)))
                            .measures(List.of(
                                    with(Aggregate.SUM, col("Units"), transform),
                                    with(Aggregate.SUM, col(NET), transform))));
            add(
                    name + "-of-regions",
                    step(Operation.AGGREGATE)
                            .dimensions(List.of(BY_REGION))
                            .measures(List.of(with(Aggregate.SUM, col("Units"), transform))));
        }
        add(
                "share-of-medians",
                step(Operation.AGGREGATE)
                        .dimensions(List.of(BY_REGION))
                        .measures(List.of(with(Aggregate.MEDIAN, col("Units"), Transform.SHARE_OF_TOTAL))));
        add(
                "change-within-groups",
                step(Operation.TREND)
                        .dimensions(List.of(Dimension.of(col("Day"), TimeGrain.QUARTER), Dimension.of(col("Paid"))))
                        .measures(List.of(with(Aggregate.SUM, col("Units"), Transform.CHANGE))));
    }

    /** What is computed from the numbers of groups, or from those of their parts. */
    private void layers() {
        List<Dimension> both = List.of(Dimension.of(col("Paid")), Dimension.of(col("order")));
        for (Transform transform : List.of(Transform.RANK, Transform.SHARE_WITHIN)) {
            add(
                    "each-part-" + transform.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    step(Operation.AGGREGATE)
                            .dimensions(both)
                            .measures(List.of(with(Aggregate.SUM, col("Units"), transform)))
                            .order(List.of(
                                    Order.byDimension(0, Direction.ASCENDING),
                                    Order.byMeasure(0, Direction.ASCENDING))));
        }
        for (Aggregate aggregate : List.of(Aggregate.MEAN, Aggregate.SUM)) {
            add(
                    "moving-" + aggregate.name().toLowerCase(Locale.ROOT),
                    step(Operation.TREND)
                            .dimensions(List.of(Dimension.of(col("Day"), TimeGrain.MONTH)))
                            .measures(List.of(
                                    new Measure.Moving(of(Aggregate.SUM, col("Units")), aggregate, 2),
                                    new Measure.Moving(of(Aggregate.SUM, col(NET)), aggregate, 2))));
        }
        List<Dimension> months = List.of(Dimension.of(col("Day"), TimeGrain.MONTH));
        for (Aggregate aggregate : List.of(Aggregate.MEAN, Aggregate.SUM, Aggregate.MIN, Aggregate.MAX)) {
            String name = aggregate.name().toLowerCase(Locale.ROOT);
            List<Measure> nested = List.of(
                    new Measure.Nested(aggregate, of(Aggregate.SUM, col("Units")), months),
                    new Measure.Nested(aggregate, Measure.count(), months));
            add("months-" + name, step(Operation.AGGREGATE).measures(nested));
            add(
                    "months-" + name + "-by-region",
                    step(Operation.AGGREGATE)
                            .dimensions(List.of(BY_REGION))
                            .measures(nested)
                            .order(List.of(Order.byDimension(0, Direction.ASCENDING))));
        }
        add(
                "customers-median",
                step(Operation.AGGREGATE)
                        .dimensions(List.of(Dimension.of(col("Paid"))))
                        .measures(List.of(new Measure.Nested(
                                Aggregate.MEDIAN, of(Aggregate.COUNT_DISTINCT, col("id")), List.of(BY_REGION))))
                        .order(List.of(Order.byMeasure(0, Direction.DESCENDING)))
                        .limit(new Limit(2, Limit.Ties.KEEP, -1)));
        add("given-edges", edged(List.of(-10.0, 0.0, 2.0, 2.5, 4.0)));
        add("open-edges", edged(List.of(Double.NEGATIVE_INFINITY, 0.0, 2.0, 4.0, Double.POSITIVE_INFINITY)));
        Expression weights = new Expression.Choice(
                List.of(new Expression.Branch(new Condition.Not(new Condition.Missing(col(NET))), col("Units"))), null);
        add(
                "weighted-mean",
                step(Operation.AGGREGATE)
                        .dimensions(List.of(Dimension.of(col("Paid"))))
                        .measures(List.of(new Measure.Ratio(
                                of(Aggregate.SUM, new Arithmetic(Operator.MULTIPLY, col(NET), col("Units"))),
                                of(Aggregate.SUM, weights),
                                Transform.NONE))));
    }

    private static Step.Builder edged(List<Double> edges) {
        return step(Operation.AGGREGATE)
                .dimensions(List.of(new Dimension(col("Units"), new Dimension.Grouping.ByEdges(edges))))
                .measures(List.of(Measure.count(), of(Aggregate.SUM, col(NET))));
    }

    private void conditions() {
        addList("equal-text-any-case", is(col("Region"), Comparator.EQUAL, "EAST"));
        addList("unequal-text", is(col("Region"), Comparator.NOT_EQUAL, "west"));
        addList("empty-text", is(col("Region"), Comparator.EQUAL, ""));
        addList("text-with-quotes", is(col("order"), Comparator.EQUAL, "IT'S \"IT\""));
        addList("text-with-wildcards-and-backslash", is(col("order"), Comparator.EQUAL, "100%_!\\"));
        addList("text-with-unicode", is(col("order"), Comparator.EQUAL, "Größe 😀"));
        addList("text-less", is(col("order"), Comparator.LESS, "a"));
        addList("text-between", new Condition.Between(col("order"), new Constant("D"), new Constant("d")));
        addList("text-in", new Condition.OneOf(col("Region"), List.of(new Constant("WEST"), new Constant("Ünye"))));
        for (Condition.Position position : Condition.Position.values()) {
            String name = position.name().toLowerCase(Locale.ROOT);
            addList("like-" + name, new Condition.TextMatch(col("order"), position, "H"));
            addList("like-percent-" + name, new Condition.TextMatch(col("order"), position, "%_"));
            addList("like-backslash-" + name, new Condition.TextMatch(col("order"), position, "\\"));
        }
        addList("missing", new Condition.Missing(col("Region")));
        addList("not-missing", new Condition.Not(new Condition.Missing(col("Day"))));
        addList("true", is(col("Paid"), Comparator.EQUAL, true));
        addList("not-true", new Condition.Not(is(col("Paid"), Comparator.EQUAL, true)));
        addList("number-equal", is(col(NET), Comparator.EQUAL, 0.1));
        addList("number-between", new Condition.Between(col(NET), new Constant(-20.0), new Constant(10.5)));
        addList("number-in", new Condition.OneOf(col("Units"), List.of(new Constant(-7L), new Constant(0L))));
        addList("day-equal", is(col("Day"), Comparator.EQUAL, LocalDate.of(2024, 2, 29)));
        addList("point-on-a-day", is(col("At"), Comparator.EQUAL, LocalDate.of(2024, 1, 31)));
        addList("point-before", is(col("At"), Comparator.LESS, LocalDateTime.of(2024, 1, 31, 23, 59, 59)));
        addList("day-at-most", is(col("At"), Comparator.LESS_OR_EQUAL, LocalDate.of(2024, 1, 31)));
        addList(
                "day-between",
                new Condition.Between(
                        col("Day"), new Constant(LocalDate.of(2024, 1, 31)), new Constant(LocalDate.of(2024, 3, 1))));
        addList("month-part", is(new PartOf(DatePart.MONTH, col("Day")), Comparator.EQUAL, 3L));
        for (TimeGrain unit :
                List.of(TimeGrain.YEAR, TimeGrain.QUARTER, TimeGrain.MONTH, TimeGrain.WEEK, TimeGrain.DAY)) {
            addList(
                    "last-" + unit.name().toLowerCase(Locale.ROOT),
                    new Condition.RelativePeriod(col("Day"), unit, -1, 1));
            addList(
                    "points-this-" + unit.name().toLowerCase(Locale.ROOT),
                    new Condition.RelativePeriod(col("At"), unit, 0, 1));
        }
        addList(
                "above-the-mean",
                new Comparison(col(NET), Comparator.GREATER, new Overall(of(Aggregate.MEAN, col(NET)))));
        addList(
                "above-the-median",
                new Comparison(col(NET), Comparator.GREATER, new Overall(of(Aggregate.MEDIAN, col(NET)))));
        addList(
                "any-and-all",
                new Condition.Any(List.of(
                        is(col("id"), Comparator.EQUAL, 1L),
                        new Condition.All(List.of(
                                is(col("Units"), Comparator.GREATER, 3L),
                                new Condition.Not(is(col("Region"), Comparator.EQUAL, "north")))))));
    }

    private void spreads() {
        Measure net = of(Aggregate.COUNT, col(NET));
        add("distribution-of-numbers", step(Operation.DISTRIBUTION).measures(List.of(net)));
        add(
                "distribution-in-boxes",
                step(Operation.DISTRIBUTION).measures(List.of(net)).dimensions(List.of(BY_REGION)));
        add("distribution-of-texts", step(Operation.DISTRIBUTION).dimensions(List.of(Dimension.of(col("order")))));
        add("distribution-of-truth", step(Operation.DISTRIBUTION).dimensions(List.of(Dimension.of(col("Paid")))));
        add(
                "distribution-of-days",
                step(Operation.DISTRIBUTION).dimensions(List.of(Dimension.of(col("Day"), TimeGrain.QUARTER))));
        add(
                "distribution-of-days-without-a-grain",
                step(Operation.DISTRIBUTION).dimensions(List.of(Dimension.of(col("Day")))));
        add("summary", step(Operation.SUMMARY));
        add("missing-values", step(Operation.MISSING));
        add("missing-values-filtered", step(Operation.MISSING).filter(is(col("Units"), Comparator.GREATER, 2L)));
    }

    private void relations() {
        List<Measure> both = List.of(of(Aggregate.COUNT, col(NET)), of(Aggregate.COUNT, col("Units")));
        List<Measure> three = List.of(
                of(Aggregate.COUNT, col(NET)), of(Aggregate.COUNT, col("Units")), of(Aggregate.COUNT, col("id")));
        for (Detail.CorrelationMethod method : Detail.CorrelationMethod.values()) {
            String name = method.name().toLowerCase(Locale.ROOT);
            add(
                    "correlation-" + name,
                    step(Operation.CORRELATION).measures(both).detail(new Detail.Correlation(method)));
            add(
                    "correlation-by-group-" + name,
                    step(Operation.CORRELATION)
                            .measures(both)
                            .dimensions(List.of(BY_REGION))
                            .detail(new Detail.Correlation(method)));
            if (method != Detail.CorrelationMethod.COVARIANCE) {
                add(
                        "correlation-matrix-" + name,
                        step(Operation.CORRELATION).measures(three).detail(new Detail.Correlation(method)));
            }
        }
        for (Detail.Layout layout : List.of(Detail.Layout.WITH_FIRST, Detail.Layout.PAIRS)) {
            String name = layout.name().toLowerCase(Locale.ROOT).replace('_', '-');
            add(
                    "correlations-" + name,
                    step(Operation.CORRELATION)
                            .measures(three)
                            .detail(new Detail.Correlation(Detail.CorrelationMethod.PEARSON, layout, 0)));
            add(
                    "strongest-correlation-" + name,
                    step(Operation.CORRELATION)
                            .measures(three)
                            .limit(Limit.of(1))
                            .detail(new Detail.Correlation(Detail.CorrelationMethod.SPEARMAN, layout, 0.05)));
        }
        add("regression", step(Operation.REGRESSION).measures(both));
        add("regression-predicted", step(Operation.REGRESSION).measures(both).detail(new Detail.Prediction(3)));
        add(
                "regression-by-group",
                step(Operation.REGRESSION).measures(both).dimensions(List.of(Dimension.of(col("Paid")))));
    }

    private void prepared() {
        List<Measure> counted = List.of(Measure.count(), of(Aggregate.SUM, col(NET)), of(Aggregate.MEAN, col(NET)));
        for (Detail.OutlierMethod method : Detail.OutlierMethod.values()) {
            Detail.Outliers rule = new Detail.Outliers(method, 1.5);
            String name = method.name().toLowerCase(Locale.ROOT).replace('_', '-');
            add(
                    "only-outliers-" + name,
                    step(Operation.AGGREGATE)
                            .cleaning(List.of(new Cleaning.OnlyOutliers(col(NET), rule)))
                            .measures(counted));
        }
        add(
                "filled",
                step(Operation.AGGREGATE)
                        .cleaning(List.of(
                                new Cleaning.Filled(col(NET), new Overall(of(Aggregate.MEDIAN, col(NET)))),
                                new Cleaning.Filled(col("Region"), new Constant("nowhere"))))
                        .dimensions(List.of(BY_REGION))
                        .measures(counted));
        Expression.ColumnRef ratio = col("ratio");
        Expression.ColumnRef size = col("size");
        add(
                "derived",
                step(Operation.AGGREGATE)
                        .cleaning(List.of(
                                new Cleaning.Derived(ratio, new Arithmetic(Operator.DIVIDE, col(NET), col("Units"))),
                                new Cleaning.WithoutOutliers(ratio, Detail.Outliers.TUKEY),
                                new Cleaning.Derived(
                                        size,
                                        new Expression.Choice(
                                                List.of(
                                                        new Expression.Branch(
                                                                is(ratio, Comparator.LESS, 5L), new Constant("small")),
                                                        new Expression.Branch(
                                                                new Condition.Between(
                                                                        ratio, new Constant(5L), new Constant(10L)),
                                                                new Constant("middle"))),
                                                new Constant("large")))))
                        .filter(new Condition.Not(new Condition.Missing(ratio)))
                        .dimensions(List.of(Dimension.of(size)))
                        .measures(List.of(Measure.count(), of(Aggregate.MEAN, ratio))));
        add(
                "scaled",
                step(Operation.AGGREGATE)
                        .cleaning(List.of(new Cleaning.Derived(
                                ratio,
                                new Arithmetic(
                                        Operator.DIVIDE,
                                        new Arithmetic(
                                                Operator.SUBTRACT, col(NET), new Overall(of(Aggregate.MEAN, col(NET)))),
                                        new Overall(of(Aggregate.STANDARD_DEVIATION, col(NET)))))))
                        .measures(List.of(of(Aggregate.MIN, ratio), of(Aggregate.MAX, ratio))));
        add(
                "change-from-the-row-before",
                step(Operation.AGGREGATE)
                        .cleaning(List.of(new Cleaning.Derived(
                                ratio,
                                new Arithmetic(
                                        Operator.SUBTRACT,
                                        col("Units"),
                                        new Expression.Previous(col("Units"), col("At"))))))
                        .measures(List.of(of(Aggregate.COUNT, ratio), of(Aggregate.SUM, ratio))));
        add(
                "row-number",
                step(Operation.AGGREGATE)
                        .cleaning(List.of(new Cleaning.Derived(ratio, new Expression.RowNumber())))
                        .filter(is(col("Region"), Comparator.EQUAL, "West"))
                        .measures(List.of(of(Aggregate.MIN, ratio), of(Aggregate.MAX, ratio))));
        Expression written = new Expression.Applied(Expression.Function.NUMBER_IN_TEXT, col("order"));
        add(
                "number-in-text",
                step(Operation.AGGREGATE).measures(List.of(of(Aggregate.COUNT, written), of(Aggregate.SUM, written))));
        add(
                "portion",
                step(Operation.AGGREGATE)
                        .dimensions(List.of(BY_REGION))
                        .measures(List.of(
                                new Measure.Portion(is(col("Paid"), Comparator.EQUAL, true), Transform.NONE),
                                new Measure.Portion(is(col("Units"), Comparator.GREATER, 2L), Transform.NONE))));
    }

    private void cleaning() {
        List<Measure> counted = List.of(Measure.count(), of(Aggregate.SUM, col(NET)));
        add(
                "without-duplicates",
                step(Operation.AGGREGATE)
                        .cleaning(List.of(new Cleaning.WithoutDuplicates()))
                        .measures(counted));
        add(
                "without-missing",
                step(Operation.AGGREGATE)
                        .cleaning(List.of(new Cleaning.WithoutMissing(List.of(col("Region"), col(NET)))))
                        .measures(counted));
        add(
                "without-outliers",
                step(Operation.AGGREGATE)
                        .cleaning(List.of(new Cleaning.WithoutOutliers(col(NET), Detail.Outliers.TUKEY)))
                        .measures(counted));
        add(
                "cleaned-in-order",
                step(Operation.AGGREGATE)
                        .cleaning(List.of(
                                new Cleaning.WithoutMissing(List.of()),
                                new Cleaning.WithoutDuplicates(),
                                new Cleaning.WithoutOutliers(
                                        col(NET), new Detail.Outliers(Detail.OutlierMethod.Z_SCORE, 1.5))))
                        .dimensions(List.of(BY_REGION))
                        .measures(List.of(Measure.count(), of(Aggregate.MEDIAN, col(NET)))));
    }
}
