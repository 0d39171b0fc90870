package dev.datastudio.core.chart.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.chart.AreaChart;
import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.BarChart;
import dev.datastudio.api.chart.BoxChart;
import dev.datastudio.api.chart.BoxChart.Box;
import dev.datastudio.api.chart.Chart.Point;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.chart.DensityChart;
import dev.datastudio.api.chart.HeatmapChart;
import dev.datastudio.api.chart.HistogramChart;
import dev.datastudio.api.chart.LineChart;
import dev.datastudio.api.chart.PairChart;
import dev.datastudio.api.chart.PieChart;
import dev.datastudio.api.chart.ScatterChart;
import dev.datastudio.api.chart.ValueFormat;
import dev.datastudio.api.chart.ValueFormat.DateGrain;
import dev.datastudio.api.chart.ViolinChart;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.chart.BoxStatistics;
import dev.datastudio.core.chart.Charts;
import dev.datastudio.core.chart.KernelDensity;
import dev.datastudio.core.chart.KernelDensity.Support;
import dev.datastudio.core.chart.LinearFit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetChartsTest {
    private static final int ROWS = 1_200;

    /** The same numbers as in SQL: i * 7919 % 1009 / 10, every hundredth missing. */
    private static final double[] VALUES = new double[ROWS];

    @TempDir
    static Path folder;

    private static ChartedTables tables;
    private static Dataset orders;

    @BeforeAll
    static void open() throws Exception {
        tables = new ChartedTables(folder);
        orders = tables.table("orders", """
                SELECT CASE WHEN i % 100 = 99 THEN NULL ELSE (i * 7919 % 1009) / 10.0 END::DOUBLE AS Sales,
                  i * 0.5::DOUBLE AS Cost, 'r' || (i % 3) AS Region, 'c' || (i % 200) AS City,
                  DATE '2023-01-01' + CAST(i // 4 AS INTEGER) AS Day, i % 5 AS Stars
                FROM range(1200) t(i)""");
        for (int i = 0; i < ROWS; i++) {
            VALUES[i] = i % 100 == 99 ? Double.NaN : i * 7919L % 1009 / 10.0;
        }
    }

    @AfterAll
    static void close() {
        tables.close();
    }

    private static double[] values(int remainder) {
        List<Double> some = new ArrayList<>();
        for (int i = remainder; i < ROWS; i += 3) {
            some.add(VALUES[i]);
        }
        return some.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static DatasetChart draw(ChartRequest.Builder request) {
        return tables.draw(orders, request);
    }

    private static ChartRequest.Builder request(ChartKind kind) {
        return ChartRequest.of(kind);
    }

    @Test
    void countsTheBinsThatAHistogramInMemoryHas() {
        HistogramChart expected = Charts.histogram(ChartText.of("x"), Axis.of("Sales", ValueFormat.number()), VALUES);

        HistogramChart chart =
                (HistogramChart) draw(request(ChartKind.HISTOGRAM).x("sales")).chart();

        assertEquals(expected.bins(), chart.bins());
        assertEquals(expected.median(), chart.median(), 1e-12);
        assertEquals(List.of("12 missing values left out"), chart.text().notes());
    }

    @Test
    void smoothsDensitiesOnTheGridAsInMemory() {
        DensityChart chart = (DensityChart)
                draw(request(ChartKind.DENSITY).x("Sales").group("Region")).chart();

        assertEquals(3, chart.curves().size());
        for (DensityChart.Curve curve : chart.curves()) {
            List<Point> expected = KernelDensity.of(values(curve.name().charAt(1) - '0'), 3, Support.NOT_NEGATIVE);
            for (int i = 0; i < expected.size(); i++) {
                assertEquals(expected.get(i).x(), curve.points().get(i).x(), 1e-9);
                // Values are shared between places of a grid of 2,048, a two-hundredth of the bandwidth apart.
                assertEquals(expected.get(i).y(), curve.points().get(i).y(), 1e-6);
            }
        }
    }

    @Test
    void findsTheQuartilesWhiskersAndOutliersOfEachCategory() {
        BoxChart boxes =
                (BoxChart) draw(request(ChartKind.BOX).x("Region").y("Sales")).chart();
        ViolinChart violins = (ViolinChart)
                draw(request(ChartKind.VIOLIN).x("Region").y("Sales")).chart();

        assertEquals(3, boxes.boxes().size());
        for (int i = 0; i < 3; i++) {
            Box box = boxes.boxes().get(i);
            Box expected = BoxStatistics.of(box.label(), values(box.label().charAt(1) - '0'));
            assertEquals(expected.q1(), box.q1(), 1e-9);
            assertEquals(expected.median(), box.median(), 1e-9);
            assertEquals(expected.upperFence(), box.upperFence(), 1e-9);
            assertEquals(expected.outliers(), box.outliers());
            assertEquals(expected.count(), box.count());
            assertEquals(box.median(), violins.violins().get(i).box().median(), 1e-12);
        }
    }

    @Test
    void showsAFarValueAsAnOutlier() throws Exception {
        Dataset far = tables.table("far", "SELECT i::DOUBLE AS v FROM range(20) t(i) UNION ALL SELECT 1000");

        BoxChart chart =
                (BoxChart) tables.draw(far, request(ChartKind.BOX).x("v")).chart();

        assertEquals(List.of(1000.0), chart.boxes().get(0).outliers());
        assertEquals(19, chart.boxes().get(0).upperFence());
    }

    @Test
    void gathersManyCategoriesAndSaysSo() {
        BarChart bars =
                (BarChart) draw(request(ChartKind.BAR).x("City").y("Cost").aggregate(ChartAggregate.MEAN))
                        .chart();
        PieChart pie = (PieChart) draw(request(ChartKind.PIE).x("City")).chart();

        assertEquals(21, bars.categories().size());
        assertEquals("c199", bars.categories().get(0));
        assertEquals("Other (180)", bars.categories().get(20));
        // The mean over the rows of all others, not of their means: i % 200 < 180.
        double expected = 0.5 * (500 + 179 / 2.0);
        assertEquals(expected, bars.series().get(0).values().get(20), 1e-9);
        assertEquals(
                "The 20 greatest of 200 values of City, the others gathered",
                bars.text().subtitle());
        assertEquals("Other (193)", pie.slices().get(7).label());
        assertEquals(1200, pie.total());
    }

    @Test
    void drawsCategoriesWithAnOrderOfTheirOwnInIt() {
        BarChart chart = (BarChart) draw(request(ChartKind.BAR).x("Stars")).chart();

        assertEquals(List.of("0", "1", "2", "3", "4"), chart.categories());
        assertEquals(240, chart.series().get(0).values().get(3));
    }

    @Test
    void cutsTimeAsFinelyAsItFits() {
        LineChart line =
                (LineChart) draw(request(ChartKind.LINE).x("Day").y("Cost").aggregate(ChartAggregate.SUM))
                        .chart();
        AreaChart stack = (AreaChart)
                draw(request(ChartKind.STACKED_AREA).x("Day").group("Region").grain(DateGrain.MONTH))
                        .chart();

        assertEquals(300, line.series().get(0).points().size());
        assertEquals(0.5 * (0 + 1 + 2 + 3), line.series().get(0).points().get(0).y());
        assertEquals(AreaChart.Layout.STACKED, stack.layout());
        assertEquals(10, stack.series().get(0).points().size());
        double january =
                stack.series().stream().mapToDouble(s -> s.points().get(0).y()).sum();
        assertEquals(31 * 4, january);
    }

    @Test
    void saysWhichPeriodsAtTheEndsAreNotWhole() {
        ChartText monthly = draw(request(ChartKind.AREA)
                        .x("Day")
                        .y("Cost")
                        .aggregate(ChartAggregate.SUM)
                        .grain(DateGrain.MONTH))
                .chart()
                .text();
        ChartText daily = draw(request(ChartKind.LINE).x("Day").y("Cost").aggregate(ChartAggregate.SUM))
                .chart()
                .text();
        ChartText means = draw(request(ChartKind.LINE).x("Day").y("Cost").grain(DateGrain.QUARTER))
                .chart()
                .text();

        // 300 days from 1 January: October has 27 of its 31 days
        assertEquals(List.of("The last month ends with 2023-10-27"), monthly.notes());
        assertEquals(List.of(), daily.notes());
        assertEquals(List.of(), means.notes());
    }

    @Test
    void namesCategoriesWithoutACurveOnce() throws Exception {
        Dataset flat = tables.table(
                "flat",
                "SELECT 'k' || (i % 4) AS kind, CASE WHEN i % 4 = 0 THEN i ELSE 1 END::DOUBLE AS v FROM range(400)"
                        + " t(i)");

        ChartText text = tables.draw(flat, request(ChartKind.DENSITY).x("v").group("kind"))
                .chart()
                .text();

        assertEquals(List.of("k1, k2 and k3 have too few different values"), text.notes());
    }

    @Test
    void drawsRareTimesAsOneLine() throws Exception {
        Dataset rare = tables.table("rare", "SELECT 1950 + 5 * i AS year, i * 2 AS v FROM range(12) t(i)");

        LineChart chart = (LineChart)
                tables.draw(rare, request(ChartKind.LINE).x("year").y("v")).chart();

        assertEquals(12, chart.series().get(0).points().size());
        assertTrue(chart.x().format() instanceof ValueFormat.Date);
    }

    @Test
    void fitsTheLineOfAllPointsToASampleOfThem() throws Exception {
        Dataset many = tables.table(
                "many", "SELECT i::DOUBLE AS a, (3 * i + i * 7919 % 101)::DOUBLE AS b FROM range(9000) t(i)");
        List<Point> all = new ArrayList<>();
        for (int i = 0; i < 9000; i++) {
            all.add(new Point(i, 3.0 * i + i * 7919L % 101));
        }

        ScatterChart chart = (ScatterChart)
                tables.draw(many, request(ChartKind.SCATTER).x("a").y("b")).chart();

        assertEquals(2000, chart.groups().get(0).points().size());
        assertEquals(
                "2,000 of 9,000 points, evenly sampled, with the line that fits all",
                chart.text().subtitle());
        assertEquals(
                LinearFit.of("", all).orElseThrow().slope(), chart.fits().get(0).slope(), 1e-9);
    }

    @Test
    void countsManyPointsInCells() throws Exception {
        Dataset many = tables.table(
                "many",
                "SELECT (i * 7919 % 100003)::DOUBLE AS a, (i * 104729 % 99991)::DOUBLE AS b FROM range(150000) t(i)");

        DatasetChart drawn = tables.draw(many, request(ChartKind.SCATTER).x("a").y("b"));

        HeatmapChart cells = (HeatmapChart) drawn.chart();
        double sum = cells.values().stream()
                .flatMap(List::stream)
                .filter(v -> !v.isNaN())
                .mapToDouble(v -> v)
                .sum();
        assertEquals(150_000, sum);
        assertEquals("150,000 points, counted in cells", cells.text().subtitle());
    }

    @Test
    void correlatesColumnsAndPairsThem() {
        HeatmapChart matrix = (HeatmapChart) draw(request(ChartKind.CORRELATION).columns(List.of("Sales", "Cost")))
                .chart();
        PairChart pairs = (PairChart)
                draw(request(ChartKind.PAIR).columns(List.of("Sales", "Cost")).group("Region"))
                        .chart();

        assertEquals(1, matrix.values().get(1).get(1), 1e-12);
        assertEquals(matrix.values().get(0).get(1), pairs.correlations().get(1).get(0), 1e-12);
        assertEquals(3, pairs.groups().size());
        assertEquals(500, pairs.groups().stream().mapToInt(g -> g.rows().size()).sum());
        assertEquals(3, pairs.variables().get(0).curves().size());
    }

    @Test
    void choosesTheKindByTheColumnsAndTellsWhy() {
        assertEquals(
                ChartKind.HISTOGRAM, draw(request(ChartKind.AUTO).x("Sales")).kind());
        assertEquals(ChartKind.BAR, draw(request(ChartKind.AUTO).x("City")).kind());
        assertEquals(
                ChartKind.LINE,
                draw(request(ChartKind.AUTO).x("Sales").y("Day")).kind());
        assertEquals(
                ChartKind.SCATTER,
                draw(request(ChartKind.AUTO).x("Sales").y("Cost")).kind());
        assertEquals(
                ChartKind.BOX,
                draw(request(ChartKind.AUTO).x("Sales").y("Region")).kind());
        assertEquals(
                ChartKind.HEATMAP,
                draw(request(ChartKind.AUTO).x("City").y("Region")).kind());
        assertEquals(
                ChartKind.DENSITY,
                draw(request(ChartKind.AUTO).x("Sales").group("Region")).kind());
        assertEquals(
                ChartKind.PAIR,
                draw(request(ChartKind.AUTO).columns(List.of("Sales", "Cost"))).kind());
        assertEquals(
                "'Stars' has only 5 different whole numbers, so each is counted.",
                draw(request(ChartKind.AUTO).x("Stars")).reason());
    }

    @Test
    void refusesColumnsThatDoNotSuitTheKindByName() {
        StudioException text = assertThrows(
                StudioException.class, () -> draw(request(ChartKind.HISTOGRAM).x("Region")));
        assertEquals(ErrorCode.CHART_INVALID, text.code());
        assertEquals(
                "Column 'Region' holds no numbers, which a chart of the kind 'histogram' needs."
                        + " Use one of [Sales, Cost, Stars].",
                text.getMessage());
        StudioException unsaid = assertThrows(
                StudioException.class, () -> draw(request(ChartKind.SCATTER).x("Cost")));
        assertTrue(unsaid.getMessage().contains("needs a second number as 'y'"), unsaid.getMessage());
        StudioException unknown = assertThrows(
                StudioException.class, () -> draw(request(ChartKind.PIE).x("Regoin")));
        assertEquals(ErrorCode.UNKNOWN_COLUMN, unknown.code());
    }

    @Test
    void drawsHostileNumbers() throws Exception {
        Dataset hostile = tables.table("hostile", """
                SELECT CASE i WHEN 0 THEN 'inf'::DOUBLE WHEN 1 THEN 'nan'::DOUBLE WHEN 2 THEN '-inf'::DOUBLE ELSE i END
                    AS odd,
                  NULL::DOUBLE AS nothing, 42 AS same, 1e15 + i AS huge, 1e-9 * i AS tiny, -1000000 * i AS below,
                  pow(10, i % 7)::DOUBLE AS wide, '<b>' || repeat('x', 300) || (i % 4) AS label
                FROM range(100) t(i)""");
        for (String column : List.of("odd", "nothing", "same", "huge", "tiny", "below", "wide")) {
            for (ChartKind kind : List.of(ChartKind.HISTOGRAM, ChartKind.DENSITY, ChartKind.BOX, ChartKind.VIOLIN)) {
                tables.draw(hostile, request(kind).x(column));
            }
            tables.draw(hostile, request(ChartKind.BAR).x("label").y(column));
            tables.draw(hostile, request(ChartKind.LINE).x("huge").y(column));
            tables.draw(hostile, request(ChartKind.SCATTER).x("tiny").y(column));
            tables.draw(hostile, request(ChartKind.PAIR).columns(List.of("odd", "wide", column)));
        }

        DatasetChart odd = tables.draw(hostile, request(ChartKind.HISTOGRAM).x("odd"));
        DatasetChart nothing = tables.draw(hostile, request(ChartKind.HISTOGRAM).x("nothing"));
        DatasetChart wide = tables.draw(hostile, request(ChartKind.HISTOGRAM).x("wide"));

        // An import takes infinite values and NaN for missing ones.
        assertEquals(List.of("3 missing values left out"), odd.chart().text().notes());
        assertTrue(nothing.chart().isEmpty());
        assertEquals(
                List.of("100 missing values left out"), nothing.chart().text().notes());
        assertTrue(wide.suggestions().get(0).contains("more than three orders of magnitude (1 to 1M)"));
        HistogramChart logarithmic = (HistogramChart)
                tables.draw(hostile, request(ChartKind.HISTOGRAM).x("wide").scale(Axis.Scale.LOG))
                        .chart();
        assertEquals(Axis.Scale.LOG, logarithmic.value().scale());
        assertFalse(logarithmic.bins().isEmpty());
    }

    @Test
    void drawsEveryKindThatTheColumnsAllow() {
        List<ChartRequest> requests = ChartGallery.requests(orders);

        assertEquals(
                List.of(ChartKind.values()).subList(1, ChartKind.values().length),
                requests.stream().map(ChartRequest::kind).toList());
    }
}
