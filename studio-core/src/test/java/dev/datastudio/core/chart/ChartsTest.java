package dev.datastudio.core.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.BoxChart;
import dev.datastudio.api.chart.Chart.Point;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.chart.HistogramChart;
import dev.datastudio.api.chart.HistogramChart.Bin;
import dev.datastudio.api.chart.PieChart;
import dev.datastudio.api.chart.ScatterChart;
import dev.datastudio.api.chart.ValueFormat;
import dev.datastudio.api.chart.ValueFormat.DateGrain;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChartsTest {
    private static final ChartText TEXT = ChartText.of("A chart");
    private static final Axis SALES = Axis.of("Sales", ValueFormat.number("$"));

    @Test
    void countsEachNumberAndNotesTheMissingOnes() {
        HistogramChart chart = Charts.histogram(TEXT, SALES, new double[] {1, 2, 2, 3, Double.NaN, 3, 3});

        assertEquals(List.of(new Bin(0.5, 1.5, 1), new Bin(1.5, 2.5, 2), new Bin(2.5, 3.5, 3)), chart.bins());
        assertEquals(2.5, chart.median());
        assertEquals(List.of("1 missing value left out"), chart.text().notes());
    }

    @Test
    void notesWhatIsGatheredInATail() {
        double[] numbers = new double[1001];
        for (int i = 0; i < 1000; i++) {
            numbers[i] = i / 10.0 + 0.05;
        }
        numbers[1000] = 22_638;

        HistogramChart chart = Charts.histogram(TEXT, SALES, numbers);

        Bin last = chart.bins().get(chart.bins().size() - 1);
        assertEquals(1, last.count());
        assertEquals(Double.POSITIVE_INFINITY, last.to());
        assertEquals(1, chart.text().notes().size());
        assertTrue(
                chart.text().notes().get(0).startsWith("1 row from $"),
                chart.text().notes()::toString);
        assertTrue(chart.text().notes().get(0).endsWith(" up to $22,638 gathered at the right"));
    }

    @Test
    void makesTheSameHistogramFromCountsAsFromNumbers() {
        double[] numbers = {4, 8, 15, 16, 23, 42};
        ValueSummary summary = ValueSummary.of(numbers);
        double[] edges = summary.edges();
        long[] counts = new long[edges.length - 1];
        for (double number : numbers) {
            counts[HistogramBins.binOf(number, edges)]++;
        }

        assertEquals(Charts.histogram(TEXT, SALES, numbers), Charts.histogram(TEXT, SALES, summary, counts));
    }

    @Test
    void makesAnEmptyHistogramWhenEverythingIsMissing() {
        HistogramChart chart = Charts.histogram(TEXT, SALES, new double[] {Double.NaN, Double.NaN});

        assertTrue(chart.isEmpty());
        assertEquals(List.of("2 missing values left out"), chart.text().notes());
    }

    @Test
    void gathersTheSmallestSlicesAsOther() {
        List<String> labels = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            labels.add("slice " + i);
            values.add((double) i);
        }

        PieChart pie = Charts.pie(TEXT, SALES, labels, values);

        assertEquals(8, pie.slices().size());
        assertEquals(new PieChart.Slice("slice 10", 10), pie.slices().get(0));
        assertEquals(new PieChart.Slice("Other", 1 + 2 + 3), pie.slices().get(7));
        assertEquals(List.of("Other gathers 3 small slices"), pie.text().notes());
    }

    @Test
    void refusesAPieOfNegativeAmounts() {
        StudioException refusal =
                assertThrows(StudioException.class, () -> Charts.pie(TEXT, SALES, List.of("Tables"), List.of(-3.0)));

        assertEquals(ErrorCode.CHART_INVALID, refusal.code());
        assertEquals("A pie can't show the negative amount of 'Tables'. Use a bar chart.", refusal.getMessage());
    }

    @Test
    void samplesManyPointsKeepsTheOutermostAndSaysSo() {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 5899; i++) {
            points.add(new Point(i % 100, i == 4321 ? 1e6 : i % 37));
        }

        ScatterChart chart = Charts.scatter(TEXT, SALES, SALES, List.of(new ScatterChart.Group("all", points)));

        List<Point> shown = chart.groups().get(0).points();
        assertEquals(2000, shown.size());
        assertTrue(shown.contains(new Point(21, 1e6)));
        assertEquals(List.of("Showing 2,000 of 5,899 points"), chart.text().notes());
        assertEquals(1, chart.fits().size());
    }

    @Test
    void leavesOutCategoriesWithoutValuesFromBoxes() {
        BoxChart chart = Charts.boxes(
                TEXT, "Species", SALES, Map.of("Adelie", new double[] {1, 2, 3}, "none", new double[] {Double.NaN}));

        assertEquals(1, chart.boxes().size());
        assertEquals("Adelie", chart.boxes().get(0).label());
        assertEquals(List.of("1 missing value left out"), chart.text().notes());
    }

    @Test
    void partsALineWhereMonthsAreMissing() {
        Point january = new Point(millis("2019-01-01"), 1);
        Point february = new Point(millis("2019-02-01"), 2);
        Point june = new Point(millis("2019-06-01"), 3);

        List<Point> parted = Charts.withGaps(List.of(january, february, june), DateGrain.MONTH);

        assertEquals(List.of(january, february, new Point(millis("2019-03-01"), Double.NaN), june), parted);
    }

    @Test
    void namesTheMissingCategory() {
        assertEquals("(missing)", Charts.label(null));
        assertEquals("(missing)", Charts.label("  "));
        assertEquals("East", Charts.label("East"));
    }

    private static double millis(String date) {
        return Instant.parse(date + "T00:00:00Z").toEpochMilli();
    }
}
