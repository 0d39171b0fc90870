package dev.datastudio.core.chart.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.BarChart;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.Chart.Point;
import dev.datastudio.api.chart.ChartStyle;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.chart.LineChart;
import dev.datastudio.api.chart.ValueFormat;
import dev.datastudio.api.chart.ValueFormat.DateGrain;
import dev.datastudio.core.chart.Charts;
import dev.datastudio.core.chart.GoldenFile;
import dev.datastudio.core.chart.PlotlyJson;
import dev.datastudio.testkit.chart.SampleCharts;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SceneTest {
    /** As wide on every machine, and a little wider than usual fonts. */
    private static final TextMeasure MEASURE = (text, size, weight) -> text.length() * size * 0.58;

    private static final ChartText TEXT = ChartText.of("Sales by Region")
            .withSubtitle("Superstore, 2018 and 2019")
            .withNote("3 missing values left out");

    @Test
    void laysOutEachKindAsItDidBefore() {
        for (Chart chart : samples()) {
            Scene scene = Scenes.of(chart, ChartStyle.DEFAULT, MEASURE);
            StringBuilder text = new StringBuilder(scene.description()).append('\n');
            for (Mark mark : scene.marks()) {
                text.append(mark).append('\n');
            }

            GoldenFile.assertSame("scene-" + chart.kind() + ".txt", text.toString());
        }
    }

    @Test
    void writesEachKindAsTheFigureThatItWasBefore() {
        for (Chart chart : samples()) {
            GoldenFile.assertSame("plotly-" + chart.kind() + ".json", PlotlyJson.of(chart) + "\n");
        }
    }

    private static List<Chart> samples() {
        return List.copyOf(SampleCharts.filled(TEXT, List.of("Central", "East", "South", "West"))
                .values());
    }

    @Test
    void neverLetsLabelsOverlapOrLeaveThePicture() {
        for (int seed = 0; seed < 600; seed++) {
            Random random = new Random(seed);
            ChartStyle style = ChartStyle.DEFAULT.withSize(320 + random.nextInt(1000), 240 + random.nextInt(700));
            Chart chart = randomChart(random);
            Scene scene = Scenes.of(chart, style, MEASURE);

            assertLabelsApart(
                    scene,
                    "seed " + seed + ", a " + chart.kind() + " chart of " + style.widthPx() + " x " + style.heightPx());
        }
    }

    private static void assertLabelsApart(Scene scene, String which) {
        Map<String, List<Mark.Text>> byRole = new LinkedHashMap<>();
        for (Mark mark : scene.marks()) {
            if (mark instanceof Mark.Text text) {
                Rectangle2D box = box(text);
                assertTrue(
                        box.getMinX() >= -1 && box.getMaxX() <= scene.width() + 1, () -> which + ": outside: " + text);
                assertTrue(
                        box.getMinY() >= -1 && box.getMaxY() <= scene.height() + 1, () -> which + ": outside: " + text);
                String role = text.role().equals("x-tail") ? "x-tick" : text.role();
                byRole.computeIfAbsent(role, key -> new ArrayList<>()).add(text);
            }
        }
        for (Mark.Text title : byRole.getOrDefault("y-title", List.of())) {
            for (String above : List.of("title", "subtitle", "legend")) {
                for (Mark.Text word : byRole.getOrDefault(above, List.of())) {
                    assertTrue(!box(title).intersects(box(word)), () -> which + ": " + title + " touches " + word);
                }
            }
        }
        for (List<Mark.Text> texts : byRole.values()) {
            for (int i = 0; i < texts.size(); i++) {
                for (int j = 0; j < i; j++) {
                    Mark.Text one = texts.get(i);
                    Mark.Text other = texts.get(j);
                    assertTrue(!box(one).intersects(box(other)), () -> which + ": " + one + " touches " + other);
                }
            }
        }
    }

    private static Rectangle2D box(Mark.Text text) {
        double width = MEASURE.width(text.text(), text.size(), text.weight());
        double height = text.size() * 0.85;
        double shift = text.anchor() == Mark.Anchor.START ? 0 : text.anchor() == Mark.Anchor.END ? width : width / 2;
        if (text.rotation() == 0) {
            return new Rectangle2D.Double(text.x() - shift, text.y() - height, width, height);
        }
        assertEquals(-90, text.rotation());
        return new Rectangle2D.Double(text.x() - height, text.y() + shift - width, height, width);
    }

    private static Chart randomChart(Random random) {
        List<String> names = new ArrayList<>();
        int count = 1 + random.nextInt(random.nextInt(3) == 0 ? 70 : 12);
        for (int i = 0; i < count; i++) {
            names.add(word(random, 1 + random.nextInt(random.nextInt(4) == 0 ? 120 : 14)));
        }
        ChartText text = ChartText.of(word(random, random.nextInt(200)))
                .withSubtitle(word(random, random.nextInt(150)))
                .withNote(word(random, random.nextInt(300)));
        return switch (random.nextInt(4)) {
            case 0 -> bars(random, text, names);
            case 1 -> lines(random, text, names);
            case 2 -> histogram(random, text);
            default -> {
                List<String> few = names.subList(0, Math.min(8, names.size()));
                List<Chart> kinds = List.copyOf(SampleCharts.filled(text, few).values());
                yield kinds.get(random.nextInt(kinds.size()));
            }
        };
    }

    private static Chart bars(Random random, ChartText text, List<String> names) {
        List<BarChart.Series> series = new ArrayList<>();
        double scale = Math.pow(10, random.nextInt(12) - 3);
        for (int s = 0; s <= random.nextInt(3); s++) {
            List<Double> values = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                values.add(scale * (random.nextInt(3) == 0 ? random.nextGaussian() : random.nextDouble()));
            }
            series.add(new BarChart.Series("series " + s, values));
        }
        BarChart.Layout layout = random.nextBoolean() ? BarChart.Layout.GROUPED : BarChart.Layout.STACKED;
        Axis value = Axis.of("Sales", ValueFormat.number("$"));
        return new BarChart(text, "Region", value, names, series, layout, BarChart.Orientation.AUTO);
    }

    private static Chart lines(Random random, ChartText text, List<String> names) {
        DateGrain[] grains = DateGrain.values();
        DateGrain grain = grains[random.nextInt(grains.length)];
        double step = 1000.0 * Math.pow(10, random.nextInt(8));
        double start = 1e12 * random.nextDouble();
        List<LineChart.Series> series = new ArrayList<>();
        for (String name : names) {
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(50); i++) {
                points.add(new Point(start + step * i, random.nextGaussian()));
            }
            series.add(new LineChart.Series(name, points));
        }
        return new LineChart(
                text, Axis.of("date", ValueFormat.date(grain)), Axis.of("y", ValueFormat.number()), series);
    }

    private static Chart histogram(Random random, ChartText text) {
        double[] numbers = new double[1 + random.nextInt(2000)];
        double scale = Math.pow(10, random.nextInt(16) - 6);
        int spread = random.nextInt(4);
        for (int i = 0; i < numbers.length; i++) {
            double sign = random.nextInt(10) == 0 ? -1 : 1;
            numbers[i] = sign * scale * Math.exp(spread * random.nextGaussian());
        }
        return Charts.histogram(text, Axis.of("Sales", ValueFormat.number("$")), numbers);
    }

    private static String word(Random random, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append(random.nextInt(7) == 0 ? ' ' : (char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }
}
