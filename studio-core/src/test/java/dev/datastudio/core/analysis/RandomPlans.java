package dev.datastudio.core.analysis;

import dev.datastudio.core.analysis.Expression.ColumnRef;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.analysis.Measure.Transform;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Plans of any shape, most of them without sense. */
final class RandomPlans {
    private static final List<String> NAMES =
            List.of("t", "Order Date", "x\"; DROP TABLE t; --", "日本", "", "a.b", "'", "\u0001\n");

    private final Random random;

    RandomPlans(Random random) {
        this.random = random;
    }

    AnalysisPlan plan() {
        List<Step> steps = some(() -> step(1));
        steps.add(step(1));
        return new AnalysisPlan(steps);
    }

    private <T> List<T> some(Supplier<T> make) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            list.add(make.get());
        }
        return list;
    }

    private <E extends Enum<E>> E any(Class<E> type) {
        return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
    }

    private String name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    private Step step(int depth) {
        List<String> tables = new ArrayList<>(some(this::name));
        tables.add(name());
        List<Source.Join> joins = new ArrayList<>();
        for (int i = 1; i < tables.size(); i++) {
            joins.add(new Source.Join(column(), column()));
        }
        return Step.of(any(Operation.class), new Source(tables, joins))
                .intent(name())
                .cleaning(some(() -> cleaning(tables.get(0))))
                .filter(condition(2))
                .dimensions(some(this::dimension))
                .measures(some(this::measure))
                .having(random.nextBoolean() ? Condition.always() : condition(1))
                .order(some(this::order))
                .limit(
                        random.nextBoolean()
                                ? null
                                : new Limit(
                                        1 + random.nextInt(9),
                                        any(Limit.Ties.class),
                                        random.nextInt(3) - 1,
                                        random.nextInt(3)))
                .detail(detail(depth))
                .chart(any(ChartHint.class))
                .build();
    }

    private ColumnRef column() {
        return new ColumnRef(name(), name());
    }

    private Constant constant() {
        return new Constant(
                switch (random.nextInt(7)) {
                    case 0 -> random.nextBoolean();
                    case 1 -> random.nextLong();
                    case 2 -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
                    case 3 -> BigDecimal.valueOf(random.nextLong(), random.nextInt(30) - 5);
                    case 4 -> LocalDate.ofEpochDay(random.nextInt(40_000));
                    case 5 -> LocalDateTime.of(2024, 1, 1 + random.nextInt(28), 1, 2, 3, random.nextInt(1_000_000_000));
                    default -> name();
                });
    }

    private Expression value(int depth) {
        if (depth == 0) {
            return random.nextBoolean() ? column() : constant();
        }
        return switch (random.nextInt(9)) {
            case 7 -> new Expression.RowNumber();
            case 5 -> new Expression.Previous(value(depth - 1), value(0));
            case 6 ->
                new Expression.Choice(
                        List.of(
                                new Expression.Branch(condition(0), value(0)),
                                new Expression.Branch(condition(0), value(0))),
                        random.nextBoolean() ? null : value(0));
            case 4 ->
                new Expression.ResultOf(Step.of(Operation.AGGREGATE, name())
                        .measures(List.of(Measure.count()))
                        .build());
            case 0 -> new Expression.Arithmetic(any(Expression.Operator.class), value(depth - 1), value(depth - 1));
            case 1 -> new Expression.PartOf(any(DatePart.class), value(depth - 1));
            case 2 -> new Expression.Applied(any(Expression.Function.class), value(depth - 1));
            case 3 -> new Expression.Overall(aggregated(depth - 1));
            default -> value(0);
        };
    }

    private Measure.Aggregated aggregated(int depth) {
        return random.nextInt(4) == 0
                ? new Measure.Aggregated(Aggregate.COUNT, null, 0, any(Transform.class))
                : new Measure.Aggregated(
                        any(Aggregate.class), value(depth), random.nextInt(5) / 4.0, any(Transform.class));
    }

    private Measure measure() {
        if (random.nextInt(6) == 0) {
            return new Measure.Portion(condition(0), any(Transform.class));
        }
        return random.nextInt(4) == 0
                ? new Measure.Ratio(aggregated(1), aggregated(1), any(Transform.class))
                : aggregated(1);
    }

    private Dimension dimension() {
        return switch (random.nextInt(3)) {
            case 0 -> Dimension.of(value(1), any(TimeGrain.class));
            case 1 -> new Dimension(value(1), new Dimension.Grouping.ByBins(random.nextInt(30)));
            default -> Dimension.of(value(1));
        };
    }

    private Order order() {
        Order.Direction direction = any(Order.Direction.class);
        return switch (random.nextInt(4)) {
            case 0 -> Order.byMeasure(random.nextInt(5), direction);
            case 2 -> new Order(new Order.Key.OfHidden(measure()), direction);
            case 1 -> Order.byDimension(random.nextInt(5), direction);
            default -> new Order(new Order.Key.OfValue(value(1)), direction);
        };
    }

    private Condition condition(int depth) {
        if (depth > 0 && random.nextBoolean()) {
            return switch (random.nextInt(3)) {
                case 0 -> new Condition.All(some(() -> condition(depth - 1)));
                case 1 -> new Condition.Any(some(() -> condition(depth - 1)));
                default -> new Condition.Not(condition(depth - 1));
            };
        }
        return switch (random.nextInt(8)) {
            case 6 ->
                new Condition.Among(value(0), Step.of(Operation.LIST, name()).build());
            case 0 -> new Condition.Comparison(value(1), any(Condition.Comparator.class), value(1));
            case 1 -> new Condition.Between(value(1), value(0), value(0));
            case 2 -> new Condition.OneOf(value(1), some(this::constant));
            case 3 -> new Condition.TextMatch(value(1), any(Condition.Position.class), name());
            case 4 -> new Condition.Missing(value(1));
            case 5 ->
                new Condition.RelativePeriod(
                        value(1), any(TimeGrain.class), random.nextInt(9) - 4, 1 + random.nextInt(4));
            default -> new Condition.MeasureComparison(measure(), any(Condition.Comparator.class), value(1));
        };
    }

    private Cleaning cleaning(String table) {
        return switch (random.nextInt(6)) {
            case 3 -> new Cleaning.OnlyOutliers(column(), outliers());
            case 4 -> new Cleaning.Filled(column(), value(1));
            case 5 -> new Cleaning.Derived(new ColumnRef(table, name()), value(1));
            case 0 -> new Cleaning.WithoutMissing(some(this::column));
            case 1 -> new Cleaning.WithoutOutliers(column(), outliers());
            default -> new Cleaning.WithoutDuplicates();
        };
    }

    private Detail.Outliers outliers() {
        return new Detail.Outliers(any(Detail.OutlierMethod.class), 1 + random.nextInt(3));
    }

    private Detail detail(int depth) {
        return switch (random.nextInt(8)) {
            case 5 ->
                new Detail.Correlation(
                        any(Detail.CorrelationMethod.class), any(Detail.Layout.class), random.nextInt(3) / 2.0);
            case 6 -> new Detail.Prediction(random.nextGaussian());
            case 0 -> outliers();
            case 1 -> new Detail.Comparison(some(this::constant));
            case 2 -> new Detail.Correlation(any(Detail.CorrelationMethod.class));
            case 3 ->
                new Detail.Test(any(Detail.TestKind.class), any(Detail.Alternative.class), 0.01, random.nextInt(3));
            case 4 ->
                depth == 0 ? new Detail.None() : new Detail.Combination(any(Detail.SetOperator.class), step(depth - 1));
            default -> new Detail.None();
        };
    }
}
