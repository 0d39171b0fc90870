package dev.datastudio.core.chart.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.chart.BarChart;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.chart.DensityChart;
import dev.datastudio.api.chart.HeatmapChart;
import dev.datastudio.api.chart.PieChart;
import dev.datastudio.api.chart.ValueFormat.DateGrain;
import dev.datastudio.api.chart.ViolinChart;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that make bad pictures: many categories, nothing to show, one value, very different spreads. */
class HardTablesTest {
    @TempDir
    Path folder;

    private ChartedTables tables;

    @BeforeEach
    void open() {
        tables = new ChartedTables(folder);
    }

    @AfterEach
    void close() {
        tables.close();
    }

    private static ChartRequest.Builder request(ChartKind kind) {
        return ChartRequest.of(kind);
    }

    private Dataset manyCities() throws Exception {
        return tables.table(
                "many",
                "SELECT 'City ' || (i % 200) AS city, CASE WHEN i % 200 < 3 THEN 'big' ELSE 'small' END AS size"
                        + " FROM range(2000) t(i)");
    }

    @Test
    void leavesOutWhatIsGatheredWhereItWouldDwarfTheBarsAndSaysHowMuchItHas() throws Exception {
        Dataset many = manyCities();

        BarChart bars =
                (BarChart) tables.draw(many, request(ChartKind.BAR).x("city")).chart();
        HeatmapChart cells = (HeatmapChart)
                tables.draw(many, request(ChartKind.HEATMAP).x("city").y("size"))
                        .chart();
        PieChart pie =
                (PieChart) tables.draw(many, request(ChartKind.PIE).x("city")).chart();

        assertEquals(20, bars.categories().size());
        assertEquals(
                "The 20 most frequent of 200 values of city, the others left out",
                bars.text().subtitle());
        assertEquals(
                List.of("Other (180) with 1,800 rows would leave no room for these and is left out"),
                bars.text().notes());
        assertEquals(24, cells.columns().size());
        // Of a whole all parts are shown.
        assertEquals("Other (193)", pie.slices().get(7).label());
    }

    @Test
    void keepsWhatIsGatheredWhereThereIsRoomForIt() throws Exception {
        Dataset some = tables.table("some", "SELECT 'City ' || (i % 22) AS city FROM range(220) t(i)");

        BarChart bars =
                (BarChart) tables.draw(some, request(ChartKind.BAR).x("city")).chart();

        assertEquals("Other (2)", bars.categories().get(20));
        assertEquals(20, bars.series().get(0).values().get(20));
    }

    @Test
    void saysThatThereIsNothingToShow() throws Exception {
        Dataset nothing =
                tables.table("nothing", "SELECT i % 3 AS k, NULL::DOUBLE AS v, NULL::DATE AS day FROM range(30) t(i)");

        BarChart bars = (BarChart)
                tables.draw(nothing, request(ChartKind.BAR).x("k").y("v")).chart();
        ChartText course =
                tables.draw(nothing, request(ChartKind.LINE).x("day")).chart().text();

        assertTrue(bars.isEmpty());
        assertEquals(List.of("30 missing values left out"), bars.text().notes());
        assertEquals(List.of("30 rows without day left out"), course.notes());
    }

    @Test
    void refusesAGrainThatWouldGiveMorePointsThanAChartCanShow() throws Exception {
        Dataset clicks = tables.table(
                "clicks", "SELECT TIMESTAMP '2024-01-01' + INTERVAL (i * 7) SECOND AS at FROM range(30000) t(i)");

        StudioException refused = assertThrows(
                StudioException.class,
                () -> tables.draw(clicks, request(ChartKind.LINE).x("at").grain(DateGrain.SECOND)));

        assertEquals(ErrorCode.CHART_INVALID, refused.code());
        assertEquals(
                "A line of 30,000 points for each second would have more than the 20,000 that a chart can show."
                        + " Choose a coarser grain, or leave it to the data.",
                refused.getMessage());
    }

    @Test
    void drawsEveryKindThatAColumnOfOneValueAllows() throws Exception {
        Dataset single = tables.table(
                "single", "SELECT 7.5 AS same, 'only' AS word, DATE '2024-02-29' AS day, i AS n FROM range(40) t(i)");

        List<ChartRequest> requests = ChartGallery.requests(single);
        for (ChartRequest request : requests) {
            ChartRequest.Builder again = request(request.kind()).x(request.x()).y(request.y());
            tables.draw(single, again.columns(request.columns()).group(request.group()));
        }

        assertTrue(requests.stream().noneMatch(request -> request.kind() == ChartKind.CORRELATION));
    }

    @Test
    void showsNoDensityBelowZeroOfAnyGroupOfAmounts() throws Exception {
        Dataset ages = tables.table(
                "ages",
                "SELECT CASE WHEN i % 2 = 0 THEN 'young' ELSE 'old' END AS who,"
                        + " (i * 7919 % 101) * (1 + i % 2) / 4.0 + 20 * (i % 2) AS age FROM range(300) t(i)");

        DensityChart curves = (DensityChart)
                tables.draw(ages, request(ChartKind.DENSITY).x("age").group("who"))
                        .chart();

        for (DensityChart.Curve curve : curves.curves()) {
            assertTrue(curve.points().get(0).x() >= 0, curve.name());
        }
    }

    @Test
    void givesEachViolinTheFullWidthWhereOneWouldBeALine() throws Exception {
        Dataset uneven = tables.table(
                "uneven",
                "SELECT 'narrow' AS kind, (i % 10)::DOUBLE AS v FROM range(100) t(i)"
                        + " UNION ALL SELECT 'wide', (i * 7919 % 101) * 50.0 FROM range(100) t(i)");
        Dataset even = tables.table(
                "even", "SELECT 'k' || (i % 2) AS kind, (i * 7919 % 101)::DOUBLE AS v FROM range(200) t(i)");

        ViolinChart each = (ViolinChart)
                tables.draw(uneven, request(ChartKind.VIOLIN).x("kind").y("v")).chart();
        ViolinChart same = (ViolinChart)
                tables.draw(even, request(ChartKind.VIOLIN).x("kind").y("v")).chart();

        assertEquals(
                List.of("Each violin has the full width, whatever its density"),
                each.text().notes());
        assertEquals(List.of(), same.text().notes());
    }
}
