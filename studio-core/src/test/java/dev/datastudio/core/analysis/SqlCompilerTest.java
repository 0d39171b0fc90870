package dev.datastudio.core.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.core.analysis.Condition.Comparator;
import dev.datastudio.core.analysis.Condition.Comparison;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.analysis.Measure.Transform;
import dev.datastudio.core.analysis.Order.Direction;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SqlCompilerTest {
    private static Tables tables;

    @BeforeAll
    static void open() {
        tables = Tables.of(Map.of("sales", """
                SELECT * FROM (VALUES
                  (1, 'West', 'Chair', DATE '2024-01-05', 10.0::DOUBLE, 2, true),
                  (2, 'West', 'Desk',  DATE '2024-01-20', 30.0, 1, false),
                  (3, 'East', 'Chair', DATE '2024-02-03', 20.0, 4, true),
                  (4, 'East', 'Desk',  DATE '2024-02-28', NULL, 3, true),
                  (5, 'east', 'Lamp',  DATE '2024-03-01', 5.0, 1, NULL),
                  (6, NULL,   'Lamp',  DATE '2023-12-31', 15.0, 5, false),
                  (7, 'North', 'Chair', NULL, 25.0, 2, true))
                v(id, Region, Product, "Order Date", Sales, Quantity, Paid)"""));
    }

    @AfterAll
    static void close() {
        tables.close();
    }

    private static Expression col(String name) {
        return Expression.column("sales", name);
    }

    private static Measure.Aggregated sum(String column) {
        return Measure.of(Aggregate.SUM, col(column));
    }

    private static Condition is(String column, Object value) {
        return new Comparison(col(column), Comparator.EQUAL, new Constant(value));
    }

    private static CompiledStep compile(Step.Builder step) {
        return SqlCompiler.of(SqlDialect.DUCKDB).compile(step.build(), tables.datasets(), Compiled.TODAY);
    }

    private static List<List<@Nullable Object>> rows(Step.Builder step) {
        return Compiled.rows(tables, step.build());
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    @Test
    void listsChosenColumnsInTheirStoredOrder() {
        Step.Builder step = Step.of(Operation.LIST, "sales")
                .dimensions(List.of(Dimension.of(col("product")), Dimension.of(col("SALES"))))
                .filter(is("region", "EAST"));

        assertEquals(List.of(row("Chair", 20.0), row("Desk", null), row("Lamp", 5.0)), rows(step));
        assertEquals(
                "SELECT \"Product\",\n  \"Sales\"\nFROM \"sales\"\nWHERE lower(\"Region\") = 'east'",
                compile(step).displaySql());
    }

    @Test
    void sortsRowsByAValueWithMissingLast() {
        Step.Builder step = Step.of(Operation.LIST, "sales")
                .dimensions(List.of(Dimension.of(col("id"))))
                .order(List.of(new Order(new Order.Key.OfValue(col("Sales")), Direction.DESCENDING)))
                .limit(Limit.of(2));

        assertEquals(List.of(row(2L), row(7L)), rows(step));
    }

    @Test
    void aggregatesByACategoryBiggestFirst() {
        Step.Builder step = Step.of(Operation.AGGREGATE, "sales")
                .dimensions(List.of(Dimension.of(col("Region"))))
                .measures(List.of(sum("Sales"), Measure.count()));

        assertEquals(
                List.of(
                        row("West", 40.0, 2L),
                        row("North", 25.0, 1L),
                        row("East", 20.0, 2L),
                        row(null, 15.0, 1L),
                        row("east", 5.0, 1L)),
                rows(step));
        assertEquals(
                "SELECT \"Region\",\n  sum(\"Sales\") AS \"sum of Sales\",\n  count(*) AS \"count\"\nFROM \"sales\"\n"
                        + "GROUP BY 1\nORDER BY 2 DESC NULLS LAST, 1 NULLS LAST",
                compile(step).displaySql());
    }

    @Test
    void sharesAreOfAllGroupsEvenWhenSomeAreHidden() {
        Measure share = new Measure.Aggregated(Aggregate.SUM, col("Sales"), 0, Transform.SHARE_OF_TOTAL);
        Step.Builder step = Step.of(Operation.AGGREGATE, "sales")
                .dimensions(List.of(Dimension.of(col("Product"))))
                .measures(List.of(share))
                .having(new Condition.MeasureComparison(
                        Measure.count(), Comparator.GREATER_OR_EQUAL, new Constant(3L)));

        assertEquals(List.of(row("Chair", 100 * 55.0 / 105)), rows(step));
    }

    @Test
    void trendsRunAlongTimeWithinTheOtherGroups() {
        Measure change = new Measure.Aggregated(Aggregate.SUM, col("Quantity"), 0, Transform.CHANGE);
        Measure running = new Measure.Aggregated(Aggregate.SUM, col("Quantity"), 0, Transform.RUNNING_TOTAL);
        Step.Builder step = Step.of(Operation.TREND, "sales")
                .dimensions(List.of(Dimension.of(col("Order Date"), TimeGrain.MONTH)))
                .measures(List.of(sum("Quantity"), change, running));

        List<List<@Nullable Object>> rows = rows(step);

        assertEquals(5, rows.size());
        assertEquals(row(LocalDate.of(2023, 12, 1), "5", null, "5"), text(rows.get(0)));
        assertEquals(row(LocalDate.of(2024, 1, 1), "3", "-2", "8"), text(rows.get(1)));
        assertEquals(row(LocalDate.of(2024, 2, 1), "7", "4", "15"), text(rows.get(2)));
        assertEquals(row(null, "2", "1", "18"), text(rows.get(4)));
    }

    private static List<@Nullable Object> text(List<@Nullable Object> row) {
        return row.stream()
                .map(v -> v instanceof Number ? (Object) v.toString() : v)
                .toList();
    }

    @Test
    void keepsTiesAndCutsWithinGroups() {
        Step.Builder ties = Step.of(Operation.AGGREGATE, "sales")
                .dimensions(List.of(Dimension.of(col("Product"))))
                .measures(List.of(Measure.count()))
                .order(List.of(Order.byMeasure(0, Direction.ASCENDING)))
                .limit(new Limit(1, Limit.Ties.KEEP, -1));
        Step.Builder perRegion = Step.of(Operation.AGGREGATE, "sales")
                .dimensions(List.of(Dimension.of(col("Region")), Dimension.of(col("Product"))))
                .measures(List.of(sum("Sales")))
                .filter(new Condition.OneOf(col("Region"), List.of(new Constant("West"), new Constant("east"))))
                .order(List.of(Order.byDimension(0, Direction.ASCENDING), Order.byMeasure(0, Direction.DESCENDING)))
                .limit(new Limit(1, Limit.Ties.CUT, 0));

        assertEquals(List.of(row("Desk", 2L), row("Lamp", 2L)), rows(ties));
        assertEquals(
                List.of(row("East", "Chair", 20.0), row("West", "Desk", 30.0), row("east", "Lamp", 5.0)),
                rows(perRegion));
    }

    @Test
    void sortsGroupsByAMeasureThatIsNotShown() {
        Step.Builder step = Step.of(Operation.AGGREGATE, "sales")
                .dimensions(List.of(Dimension.of(col("Product"))))
                .order(List.of(new Order(new Order.Key.OfHidden(Measure.count()), Direction.DESCENDING)));

        assertEquals(List.of(row("Chair")), rows(step.limit(Limit.of(1))));
        assertEquals(List.of(row("Chair")), rows(step.limit(new Limit(1, Limit.Ties.KEEP, -1))));
    }

    @Test
    void givesThePlaceAfterThoseSkippedToAllThatShareIt() {
        Step.Builder step = Step.of(Operation.AGGREGATE, "sales")
                .dimensions(List.of(Dimension.of(col("Product"))))
                .measures(List.of(Measure.count()))
                .order(List.of(Order.byMeasure(0, Direction.DESCENDING)));

        assertEquals(List.of(row("Desk", 2L), row("Lamp", 2L)), rows(step.limit(new Limit(1, Limit.Ties.KEEP, -1, 1))));
        assertEquals(List.of(row("Desk", 2L)), rows(step.limit(new Limit(1, Limit.Ties.CUT, -1, 1))));
    }

    @Test
    void countsPeriodsFromToday() {
        Step.Builder step = Step.of(Operation.AGGREGATE, "sales")
                .measures(List.of(Measure.count()))
                .filter(new Condition.RelativePeriod(col("Order Date"), TimeGrain.MONTH, -1, 1));

        assertEquals(List.of(row(2L)), rows(step));
    }

    @Test
    void comparesGroupsWithTheFirstOneNamed() {
        Step.Builder step = Step.of(Operation.COMPARISON, "sales")
                .dimensions(List.of(Dimension.of(col("Region"))))
                .measures(List.of(sum("Sales")))
                .detail(new Detail.Comparison(List.of(new Constant("west"), new Constant("North"))));

        assertEquals(List.of(row("West", 40.0, 0.0, 1.0), row("North", 25.0, -15.0, 0.625)), rows(step));
    }

    @Test
    void dividesByZeroToMissing() {
        Measure ratio = new Measure.Ratio(
                sum("Sales"),
                Measure.of(
                        Aggregate.SUM,
                        new Expression.Arithmetic(Expression.Operator.SUBTRACT, col("Quantity"), col("Quantity"))),
                Transform.NONE);

        assertEquals(
                List.of(row((@Nullable Object) null)),
                rows(Step.of(Operation.AGGREGATE, "sales").measures(List.of(ratio))));
    }

    @Test
    void comparesWithTheMeanOverAllRows() {
        Step.Builder step = Step.of(Operation.LIST, "sales")
                .dimensions(List.of(Dimension.of(col("id"))))
                .filter(new Condition.All(List.of(
                        is("Paid", true),
                        new Comparison(
                                col("Sales"),
                                Comparator.GREATER,
                                new Expression.Overall(Measure.of(Aggregate.MEAN, col("Sales")))))));

        assertEquals(List.of(row(3L), row(7L)), rows(step));
    }
}
