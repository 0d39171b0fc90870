package dev.datastudio.core.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.BarChart;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.Chart.Point;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.chart.CustomChart;
import dev.datastudio.api.chart.LineChart;
import dev.datastudio.api.chart.ValueFormat;
import dev.datastudio.testkit.chart.SampleCharts;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlotlyJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Axis SALES = Axis.of("Sales", ValueFormat.number("$"));

    @Test
    void aBandLiesBehindItsLine() throws IOException {
        List<Chart.Point> points = List.of(new Chart.Point(1, 10), new Chart.Point(2, 20));
        List<LineChart.Span> spans = List.of(new LineChart.Span(1, 8, 13), new LineChart.Span(2, 15, 26));
        Chart chart = new LineChart(
                ChartText.of("band"),
                SALES,
                SALES,
                List.of(new LineChart.Series("Forecast", points)),
                List.of(new LineChart.Band("90% of what may come", 0, spans)));

        JsonNode data = JSON.readTree(PlotlyJson.of(chart)).get("data");

        assertEquals("toself", data.get(0).get("fill").asText());
        assertEquals("[13,26,15,8]", data.get(0).get("y").toString());
        assertEquals("Forecast", data.get(1).get("name").asText());
        assertEquals(
                List.of("90% of what may come, low", 1.0, 8.0),
                ChartTable.of(chart).rows().get(2));
    }

    @Test
    void showsTextFromDataAsTextAndNeverAsMarkup() throws IOException {
        String hostile = "<a href=\"javascript:alert(1)\">x</a><br> $\\sqrt{x}$ &lt;";
        ChartText text = ChartText.of(hostile).withSubtitle(hostile).withNote(hostile);
        for (Chart chart : SampleCharts.filled(text, List.of(hostile, "other")).values()) {
            if (chart instanceof CustomChart) {
                continue; // its words are those of the figure; CustomFiguresTest has hostile ones
            }
            String json = PlotlyJson.of(chart);

            assertFalse(json.contains("<a"), chart.kind());
            assertFalse(json.contains("<br"), chart.kind());
            assertFalse(json.contains("$"), chart.kind());
            assertTrue(JSON.readTree(json)
                    .path("layout")
                    .path("title")
                    .path("text")
                    .asText()
                    .startsWith("<b>&lt;a href="));
        }
    }

    @Test
    void writesMissingValuesAsNullSoThatLinesHaveGaps() throws IOException {
        List<Point> points = List.of(new Point(0, 1.5), new Point(1, Double.NaN), new Point(2, 3));
        Chart chart = new LineChart(ChartText.of("gap"), SALES, SALES, List.of(new LineChart.Series("a", points)));

        JsonNode trace = JSON.readTree(PlotlyJson.of(chart)).path("data").get(0);

        assertEquals("[1.5,null,3]", trace.path("y").toString());
        assertFalse(trace.path("connectgaps").asBoolean(true));
    }

    @Test
    void fewWholeNumbersHaveNoHalvesBetweenThem() throws IOException {
        Axis epoch = Axis.of("Epoch", ValueFormat.integer());
        for (int last : List.of(3, 300)) {
            List<LineChart.Series> series =
                    List.of(new LineChart.Series("a", List.of(new Point(1, 0.5), new Point(last, 0.25))));
            Chart chart = new LineChart(ChartText.of("loss"), epoch, SALES, series);

            JsonNode layout = JSON.readTree(PlotlyJson.of(chart)).path("layout");

            assertEquals(last == 3, layout.path("xaxis").path("dtick").asInt() == 1, "up to " + last);
            assertTrue(layout.path("yaxis").path("dtick").isMissingNode(), "fractions have ticks of their own");
        }
    }

    @Test
    void readsCategoriesNeverAsNumbersOrDates() throws IOException {
        Chart chart = BarChart.of(ChartText.of("years"), "Year", SALES, List.of("2018", "2019"), List.of(1.0, 2.0));

        JsonNode figure = JSON.readTree(PlotlyJson.of(chart));

        assertEquals(
                "category", figure.path("layout").path("xaxis").path("type").asText());
    }

    @Test
    void writesChartsWithoutValuesAsFiguresThatSaySo() throws IOException {
        for (Chart chart : SampleCharts.empty(ChartText.of("nothing"))) {
            String json = PlotlyJson.of(chart);

            assertTrue(JSON.readTree(json).path("data").isArray());
            assertTrue(json.contains("No values to show"), chart.kind());
        }
    }

    @Test
    void breaksLongTitlesAndShortensLongNamesWithoutMixingThemUp() throws IOException {
        String long1 = "The exceptionally long name of a category that no axis can hold, number 1";
        String long2 = "The exceptionally long name of a category that no axis can hold, number 2";
        ChartText text = ChartText.of("A title of so many words that it would run out of the picture at its right end");
        Chart chart = BarChart.of(text, "Name", SALES, List.of(long1, long2), List.of(1.0, 2.0));

        JsonNode figure = JSON.readTree(PlotlyJson.of(chart));

        assertTrue(figure.at("/layout/title/text").asText().contains(" run out of the<br>picture"));
        JsonNode names = figure.at("/layout/yaxis");
        // Traces find categories by their whole names, so only the labels are short.
        assertEquals(long1, names.at("/tickvals/0").asText());
        assertEquals(long1, figure.at("/data/0/y/0").asText());
        assertEquals("The exceptionally l…number 1", names.at("/ticktext/0").asText());
        assertEquals("The exceptionally l…number 2", names.at("/ticktext/1").asText());
    }

    @Test
    void hidesTheAxesOfAFigureWithoutValues() throws IOException {
        Chart chart = BarChart.of(ChartText.of("nothing"), "Name", SALES, List.of("a"), List.of(Double.NaN));

        JsonNode figure = JSON.readTree(PlotlyJson.of(chart));

        assertFalse(figure.at("/layout/yaxis/visible").asBoolean(true));
        assertTrue(figure.toString().contains("No values to show"));
    }

    @Test
    void givesALoneDayADayOnBothSides() throws IOException {
        Axis day = Axis.of("Day", ValueFormat.date(ValueFormat.DateGrain.DAY));
        List<LineChart.Series> one = List.of(new LineChart.Series("a", List.of(new Point(0, 1))));

        JsonNode figure = JSON.readTree(PlotlyJson.of(new LineChart(ChartText.of("one"), day, SALES, one)));

        assertEquals("[-86400000,86400000]", figure.at("/layout/xaxis/range").toString());
    }
}
