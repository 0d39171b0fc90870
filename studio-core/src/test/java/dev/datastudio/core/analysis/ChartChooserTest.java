package dev.datastudio.core.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.chart.BarChart;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.QueryLimits;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ChartChooserTest {
    private static Tables tables;

    @BeforeAll
    static void open() {
        tables = Tables.of(
                "t",
                "SELECT 'r' || (i % 4) AS Region, 'c' || (i % 40) AS City, DATE '2023-01-01' + CAST(i AS INTEGER) AS Day,"
                        + " i * 1.5::DOUBLE AS Sales, 100 - i * 2.5::DOUBLE AS Profit FROM range(200) r(i)",
                Map.of("Sales", "$"));
    }

    @AfterAll
    static void close() {
        tables.close();
    }

    private static Expression col(String name) {
        return Expression.column("t", name);
    }

    private static Step.Builder sumBy(Operation operation, Dimension... dimensions) {
        return Step.of(operation, "t")
                .dimensions(List.of(dimensions))
                .measures(List.of(Measure.of(Aggregate.SUM, col("Sales"))));
    }

    private static Optional<ChartChoice> choose(Step.Builder step) {
        return ChartChooser.choose(StepRunner.of(tables.engine(), Clock.systemUTC())
                .run(step.build(), tables.datasets(), QueryLimits.DEFAULT, Cancellation.none()));
    }

    private static String kind(Step.Builder step) {
        return choose(step).map(c -> c.chart().kind()).orElse("none");
    }

    @Test
    void theShapeOfTheResultDecides() {
        Dimension region = Dimension.of(col("Region"));
        Dimension month = Dimension.of(col("Day"), TimeGrain.MONTH);
        Measure sales = Measure.of(Aggregate.COUNT, col("Sales"));

        assertEquals("bar", kind(sumBy(Operation.AGGREGATE, region)));
        assertEquals("line", kind(sumBy(Operation.TREND, month)));
        assertEquals("line", kind(sumBy(Operation.TREND, month, region)));
        assertEquals("bar", kind(sumBy(Operation.TREND, month).chart(ChartHint.BAR)));
        assertEquals("area", kind(sumBy(Operation.TREND, month, region).chart(ChartHint.AREA)));
        assertEquals(
                "heatmap",
                kind(sumBy(Operation.AGGREGATE, region, Dimension.of(col("City")))
                        .chart(ChartHint.HEATMAP)));
        assertEquals("none", kind(sumBy(Operation.AGGREGATE)));
        assertEquals("pie", kind(sumBy(Operation.AGGREGATE, region).chart(ChartHint.PIE)));
        assertEquals("histogram", kind(Step.of(Operation.DISTRIBUTION, "t").measures(List.of(sales))));
        assertEquals(
                "box",
                kind(Step.of(Operation.DISTRIBUTION, "t")
                        .measures(List.of(sales))
                        .dimensions(List.of(region))));
        assertEquals(
                "box",
                kind(Step.of(Operation.DISTRIBUTION, "t")
                        .measures(List.of(sales))
                        .chart(ChartHint.BOX)));
        assertEquals(
                "bar",
                kind(Step.of(Operation.DISTRIBUTION, "t")
                        .measures(List.of(Measure.of(Aggregate.COUNT, col("Region"))))));
        assertEquals(
                "scatter",
                kind(Step.of(Operation.LIST, "t")
                        .dimensions(List.of(Dimension.of(col("Sales")), Dimension.of(col("Profit"))))));
        assertEquals(
                "scatter",
                kind(Step.of(Operation.AGGREGATE, "t")
                        .dimensions(List.of(region))
                        .measures(List.of(
                                Measure.of(Aggregate.SUM, col("Sales")), Measure.of(Aggregate.SUM, col("Profit"))))
                        .chart(ChartHint.SCATTER)));
    }

    @Test
    void aTestShowsTheRowsThatItStandsOn() {
        Measure sales = Measure.of(Aggregate.COUNT, col("Sales"));
        Measure profit = Measure.of(Aggregate.COUNT, col("Profit"));
        Dimension region = Dimension.of(col("Region"));
        Step.Builder test = Step.of(Operation.TEST, "t")
                .detail(new Detail.Test(Detail.TestKind.AUTO, Detail.Alternative.TWO_SIDED, 0.05, 0));

        assertEquals("box", kind(test.measures(List.of(sales)).dimensions(List.of(region))));
        assertEquals("none", kind(test.chart(ChartHint.NONE)));
        test.chart(ChartHint.AUTO);
        assertEquals("histogram", kind(test.dimensions(List.of())));
        assertEquals("scatter", kind(test.measures(List.of(sales, profit))));
        assertEquals("bar", kind(test.measures(List.of()).dimensions(List.of(region))));
        BarChart counts = (BarChart) choose(test.dimensions(List.of(region, Dimension.of(col("City")))))
                .orElseThrow()
                .chart();
        assertTrue(counts.series().size() > 1);
    }

    @Test
    void rowsAsTheyAreAreDrawnByTheirNames() {
        Step.Builder few = Step.of(Operation.LIST, "t")
                .dimensions(List.of(Dimension.of(col("City")), Dimension.of(col("Sales"))))
                .limit(Limit.of(5));
        Step.Builder days =
                Step.of(Operation.LIST, "t").dimensions(List.of(Dimension.of(col("Day")), Dimension.of(col("Sales"))));
        Step.Builder plain = Step.of(Operation.LIST, "t").dimensions(List.of(Dimension.of(col("City"))));

        assertEquals("bar", kind(few));
        assertEquals("pie", kind(few.chart(ChartHint.PIE)));
        assertEquals("line", kind(days.chart(ChartHint.LINE)));
        assertEquals("area", kind(days.chart(ChartHint.AREA)));
        assertEquals("none", kind(plain));
    }

    @Test
    void manyRowsWithoutAWishForAChartAreATable() {
        Step.Builder many =
                Step.of(Operation.LIST, "t").dimensions(List.of(Dimension.of(col("City")), Dimension.of(col("Sales"))));

        assertEquals("none", kind(many));
        assertEquals("bar", kind(many.chart(ChartHint.BAR)));
    }

    @Test
    void oneMeasureOfNumberedGroupsCanBePoints() {
        Step.Builder step = Step.of(Operation.AGGREGATE, "t")
                .dimensions(List.of(Dimension.of(new Expression.PartOf(DatePart.MONTH, col("Day")))))
                .measures(List.of(Measure.of(Aggregate.SUM, col("Sales"))))
                .chart(ChartHint.SCATTER);

        assertEquals("scatter", kind(step));
    }

    @Test
    void aChartThatCannotFitIsReplacedWithANote() {
        ChartChoice choice = choose(
                        sumBy(Operation.AGGREGATE, Dimension.of(col("City"))).chart(ChartHint.PIE))
                .orElseThrow();

        assertEquals("bar", choice.chart().kind());
        assertEquals(
                "A pie chart can't show these rows; a bar chart is drawn instead.",
                choice.notes().get(0));
        assertEquals("Only the first 30 of 40 groups are drawn.", choice.notes().get(1));
        assertTrue(choice.chart().text().notes().containsAll(choice.notes()));
    }

    @Test
    void barsCarryTheirUnitAndStandInTheOrderOfTheRows() {
        ChartChoice choice =
                choose(sumBy(Operation.AGGREGATE, Dimension.of(col("Region")))).orElseThrow();

        BarChart bars = (BarChart) choice.chart();
        assertEquals("Numbers are compared between categories.", choice.reason());
        assertEquals("Sum of Sales ($)", bars.value().label());
        assertEquals(List.of("r3", "r2", "r1", "r0"), bars.categories());
        assertEquals("Sum of Sales by Region", bars.text().title());
    }
}
