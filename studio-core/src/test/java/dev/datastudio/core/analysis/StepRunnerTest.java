package dev.datastudio.core.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.core.analysis.Condition.Comparator;
import dev.datastudio.core.analysis.Condition.Comparison;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.statistics.TestKind;
import dev.datastudio.core.statistics.TestResult;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StepRunnerTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2024-03-15T12:00:00Z"), ZoneOffset.UTC);
    private static Tables tables;

    @BeforeAll
    static void open() {
        Map<String, String> selects = new LinkedHashMap<>();
        selects.put("orders", """
                SELECT i AS id, CASE WHEN i % 3 = 0 THEN 'West' WHEN i % 3 = 1 THEN 'East' ELSE 'South' END AS Region,
                  DATE '2023-01-01' + CAST(i * 4 AS INTEGER) AS Day, i * 10 AS Profit, i % 5 AS customer
                FROM range(100) t(i) WHERE i NOT BETWEEN 40 AND 55""");
        selects.put("customers", "SELECT * FROM (VALUES (0, 'Ann'), (1, 'Bob'), (1, 'Bea')) v(customer, Name)");
        selects.put(
                "visits",
                "SELECT * FROM (VALUES ('Rome', 4), ('Rome', 5), ('Oslo', 5), ('Bern', 2), (NULL, 30), (NULL, 2)) v(City, Guests)");
        selects.put(
                "sizes",
                "SELECT 'a' AS Kind, i::DOUBLE AS Size FROM range(20) r(i) UNION ALL SELECT 'b', i FROM range(1, 21) r(i)"
                        + " UNION ALL SELECT 'a', 900 UNION ALL SELECT 'a', 1000");
        tables = Tables.of(selects);
    }

    @AfterAll
    static void close() {
        tables.close();
    }

    private static StepResult run(Step.Builder step) {
        return StepRunner.of(tables.engine(), CLOCK)
                .run(step.build(), tables.datasets(), QueryLimits.DEFAULT, Cancellation.none());
    }

    private static Expression col(String name) {
        return Expression.column("orders", name);
    }

    private static Step.Builder countWhere(Condition filter) {
        return Step.of(Operation.AGGREGATE, "orders")
                .measures(List.of(Measure.count()))
                .filter(filter);
    }

    @Test
    void givesTheSingleNumberAsItsValue() {
        StepResult result = run(
                Step.of(Operation.AGGREGATE, "orders").measures(List.of(Measure.of(Aggregate.MEAN, col("Profit")))));

        assertEquals(Optional.of(41_900 / 84.0), result.value());
        assertEquals("Mean Profit is 498.81.", result.reading());
        assertEquals(List.of(), result.warnings());
    }

    @Test
    void putsTheOnlyNearValueInPlaceOfASlipAndSaysSo() {
        StepResult result = run(countWhere(new Comparison(col("Region"), Comparator.EQUAL, new Constant("Wst"))));

        assertEquals(Optional.of(29L), result.value());
        assertEquals(List.of("No row has 'Wst' as Region; 'West' (29 rows) was taken instead."), result.warnings());
        assertTrue(result.sql().contains("'west'"));
    }

    @Test
    void offersValuesWhenNoneIsNear() {
        StepResult result = run(countWhere(new Comparison(col("Region"), Comparator.EQUAL, new Constant("Atlantis"))));

        assertEquals(Optional.of(0L), result.value());
        assertEquals(
                List.of("No row has 'Atlantis' as Region; the most frequent values are 'West', 'South' and 'East'."),
                sorted(result.warnings()));
    }

    private static List<String> sorted(List<String> warnings) {
        return warnings.stream()
                .map(w -> w.replace("'East', 'South' and 'West'", "'West', 'South' and 'East'")
                        .replace("'West', 'East' and 'South'", "'West', 'South' and 'East'"))
                .toList();
    }

    @Test
    void tellsTheRangeOfNumbersThatAConditionMisses() {
        StepResult result = run(countWhere(new Comparison(col("Profit"), Comparator.GREATER, new Constant(5000L))));

        assertEquals(
                List.of("No row fulfils 'Profit is above 5,000'; Profit lies between 0 and 990."), result.warnings());
    }

    @Test
    void tellsThatConditionsExcludeOneAnother() {
        StepResult result = run(countWhere(new Condition.All(List.of(
                new Comparison(col("Region"), Comparator.EQUAL, new Constant("West")),
                new Comparison(col("Region"), Comparator.EQUAL, new Constant("East"))))));

        assertEquals(
                List.of("Each condition holds for some rows, but none for which all of them hold."
                        + " Without 'Region is West' there are 27 rows."
                        + " Without 'Region is East' there are 29 rows."),
                result.warnings());
    }

    @Test
    void readsTrendsWithTheirGapsAndIncompleteEnds() {
        StepResult result = run(Step.of(Operation.TREND, "orders")
                .dimensions(List.of(Dimension.of(col("Day"), TimeGrain.MONTH)))
                .measures(List.of(Measure.of(Aggregate.SUM, col("Profit")))));

        assertEquals(
                List.of(
                        "1 of 14 months have no rows; they are not shown as zero.",
                        "The last month, Feb 2024, is incomplete: Day ends on 2024-02-01."),
                result.warnings());
        assertEquals(
                "Sum of Profit is highest for Dec 2023 (7,000) and lowest for Jan 2023 (280)."
                        + " It rose by 2,275% from Jan 2023 (280) to Jan 2024 (6,650). Feb 2024 is incomplete.",
                result.reading());
    }

    @Test
    void warnsOfRowsThatAJoinRepeats() {
        Source source = new Source(
                List.of("orders", "customers"),
                List.of(new Source.Join(
                        new Expression.ColumnRef("orders", "customer"),
                        new Expression.ColumnRef("customers", "customer"))));
        StepResult result =
                run(Step.of(Operation.AGGREGATE, source).measures(List.of(Measure.of(Aggregate.SUM, col("Profit")))));

        assertEquals(
                List.of("Rows of orders are counted more than once, because customer repeats in customers."),
                result.warnings());
    }

    @Test
    void readsMissingValuesByColumn() {
        StepResult result = run(Step.of(Operation.MISSING, "orders"));

        assertEquals("No value is missing.", result.reading());
        assertEquals(
                List.of("column", "missing", "share"),
                result.result().columns().stream().map(c -> c.name()).toList());
    }

    @Test
    void rankingsLeaveRowsWithoutANameOutAndSayHowMany() {
        Step.Builder step = Step.of(Operation.AGGREGATE, "visits")
                .dimensions(List.of(Dimension.of(Expression.column("visits", "City"))))
                .measures(List.of(Measure.of(Aggregate.SUM, Expression.column("visits", "Guests"))));

        StepResult all = run(step);
        StepResult first = run(step.limit(Limit.of(3)));

        assertEquals(4, all.result().totalRows());
        assertEquals(List.of("Rows without City stand in a group of their own."), all.warnings());
        assertEquals(
                List.of("Rome", "Oslo", "Bern"),
                first.result().rows().stream().map(r -> r.get(0)).toList());
        assertEquals(List.of("2 rows without City are left out of the ranking."), first.warnings());
        assertEquals(
                "Rome comes first with a sum of Guests of 9, before Oslo (5); number 3 is Bern (2).", first.reading());
    }

    @Test
    void aCountIsReadAsASentence() {
        assertEquals("There are 84 rows.", run(countWhere(Condition.always())).reading());
        assertEquals(
                "There is 1 row that fulfils the conditions.",
                run(countWhere(new Comparison(col("id"), Comparator.EQUAL, new Constant(3L))))
                        .reading());
    }

    @Test
    void aSummaryNamesWhatStandsOut() {
        assertEquals(
                "2 columns. Values are missing in City (33.3%).",
                run(Step.of(Operation.SUMMARY, "visits")).reading());
    }

    @Test
    void boxesCarryTheirOutliersAndDistributionsTheirSpread() {
        Expression size = Expression.column("sizes", "Size");
        Step.Builder step =
                Step.of(Operation.DISTRIBUTION, "sizes").measures(List.of(Measure.of(Aggregate.COUNT, size)));

        StepResult bins = run(step);
        StepResult boxes = run(step.dimensions(List.of(Dimension.of(Expression.column("sizes", "Kind")))));

        assertEquals(
                "Size runs from 0 to 1,000; half of the 42 values lie between 5.25 and 15.75, the median is 10.5;"
                        + " 2 are at least 80.",
                bins.reading());
        assertEquals(new Evidence.Outliers(List.of(List.of(900.0, 1000.0), List.of())), boxes.evidence());
    }

    @Test
    void correlationsCarryTheirPoints() {
        StepResult result = run(Step.of(Operation.CORRELATION, "orders")
                .measures(List.of(Measure.of(Aggregate.COUNT, col("id")), Measure.of(Aggregate.COUNT, col("Profit")))));

        Evidence.Points points = (Evidence.Points) result.evidence();
        assertEquals(84, points.rows());
        assertEquals(84, points.points().size());
        assertEquals(
                "scatter", ChartChooser.choose(result).orElseThrow().chart().kind());
    }

    @Test
    void computesATestOverTheFilteredRows() {
        StepResult result = run(Step.of(Operation.TEST, "orders")
                .measures(List.of(Measure.of(Aggregate.MEAN, col("Profit"))))
                .dimensions(List.of(Dimension.of(col("Region"))))
                .filter(new Comparison(col("Region"), Comparator.NOT_EQUAL, new Constant("South")))
                .detail(new Detail.Test(Detail.TestKind.WELCH_T_TEST, Detail.Alternative.TWO_SIDED, 0.05, 0)));

        TestResult test = ((Evidence.Tested) result.evidence()).result();
        assertEquals(
                List.of("East", "West"),
                List.of(test.groups().get(0).name(), test.groups().get(1).name()));
        assertEquals(List.of("East", 27L, 27L), result.result().rows().get(0).subList(0, 3));
        assertEquals(27, test.groups().get(0).size());
        assertEquals(test.conclusion(), result.reading());
        assertTrue(
                result.reading().startsWith("There is no evidence that the mean of Profit in East differs from that"));
        assertEquals(Optional.empty(), result.value());
    }

    @Test
    void testsPairsCategoriesAndSingleColumns() {
        Detail auto = new Detail.Test(Detail.TestKind.AUTO, Detail.Alternative.TWO_SIDED, 0.05, 0);
        Step.Builder step = Step.of(Operation.TEST, "orders").detail(auto);
        Measure profit = Measure.of(Aggregate.MEAN, col("Profit"));
        Dimension region = Dimension.of(col("Region"));
        Dimension customer = Dimension.of(col("customer"));

        assertEquals(TestKind.PEARSON, tested(step.measures(List.of(profit, Measure.of(Aggregate.MEAN, col("id"))))));
        assertEquals(TestKind.SHAPIRO_WILK, tested(step.measures(List.of(profit))));
        assertEquals(
                TestKind.CHI_SQUARE_INDEPENDENCE,
                tested(step.measures(List.of()).dimensions(List.of(region, customer))));
        assertEquals(TestKind.CHI_SQUARE_GOODNESS_OF_FIT, tested(step.dimensions(List.of(region))));
        assertEquals(
                TestKind.KRUSKAL_WALLIS, tested(step.measures(List.of(profit)).dimensions(List.of(region))));
    }

    private static TestKind tested(Step.Builder step) {
        return ((Evidence.Tested) run(step).evidence()).result().kind();
    }

    @Test
    void saysWhyATestDoesNotFit() {
        StudioException e = assertThrows(
                StudioException.class,
                () -> run(Step.of(Operation.TEST, "orders")
                        .measures(List.of(Measure.of(Aggregate.MEAN, col("Profit"))))
                        .dimensions(List.of(Dimension.of(col("Region"))))
                        .detail(new Detail.Test(Detail.TestKind.T_TEST, Detail.Alternative.TWO_SIDED, 0.05, 0))));

        assertEquals(ErrorCode.TEST_NOT_APPLICABLE, e.code());
        assertEquals("The Student's t-test needs two groups of numbers, and 'Profit' is 3 groups of numbers", e.what());
    }

    @Test
    void saysWhatWasUnderstood() {
        Step step = Step.of(Operation.TREND, "orders")
                .dimensions(List.of(Dimension.of(col("Day"), TimeGrain.MONTH)))
                .measures(List.of(Measure.of(Aggregate.SUM, col("Profit"))))
                .filter(new Condition.All(List.of(
                        new Comparison(col("Region"), Comparator.EQUAL, new Constant("West")),
                        new Condition.RelativePeriod(col("Day"), TimeGrain.YEAR, -1, 1))))
                .build();

        assertEquals(
                "Sum of Profit by month of Day, rows where Region is West and Day is in last year", Readings.of(step));
    }
}
