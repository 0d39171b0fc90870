package dev.datastudio.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.ChartFormat;
import dev.datastudio.api.chart.ChartStyle;
import dev.datastudio.api.chart.HeatmapChart;
import dev.datastudio.api.chart.LineChart;
import dev.datastudio.api.chart.ScatterChart;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import dev.datastudio.core.chart.Java2dChartRenderer;
import dev.datastudio.core.chart.PlotlyJson;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.evaluate.Evaluation;
import dev.datastudio.ml.evaluate.ModelCharts;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.Task;
import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.ml.spec.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row A5: how good a model is, as pictures. */
class ModelChartsTest {
    @TempDir
    Path folder;

    private record Flat(String district, double area, int rooms, double rent, boolean isDear) {}

    private static Dataset flats(Studio studio) {
        SplittableRandom random = new SplittableRandom(3);
        List<String> districts = List.of("Altstadt", "Hafen", "Neustadt");
        return studio.datasets().importRecords("flats", IntStream.range(0, 600).mapToObj(i -> {
            String district = districts.get(random.nextInt(3));
            double area = random.nextDouble(20, 160);
            int rooms = 1 + (int) (area / 30);
            double rent = area * (9 + 3 * districts.indexOf(district)) + 300 * random.nextDouble();
            return new Flat(district, area, rooms, rent, rent + 400 * random.nextDouble() > 1_300);
        }));
    }

    private static TrainedModel train(Studio studio, String target) {
        TrainingSpec spec = TrainingSpec.predicting(target)
                .from("district", "area", "rooms")
                .with(Algorithm.of("random_forest", Map.of("trees", 30)))
                .with(new Validation(0, 0.1, 5));
        return Training.of(studio).train(flats(studio), spec);
    }

    private void draw(Map<String, Chart> charts) throws IOException {
        String wanted = System.getProperty("studio.pictures", "");
        Path to = wanted.isEmpty() ? folder : Files.createDirectories(Path.of(wanted));
        for (Map.Entry<String, Chart> each : charts.entrySet()) {
            byte[] png = new Java2dChartRenderer().render(each.getValue(), ChartFormat.PNG, ChartStyle.DEFAULT);
            Files.write(to.resolve(each.getKey() + "-" + each.getValue().kind() + ".png"), png);
            assertTrue(png.length > 5_000, each.getKey());
            assertTrue(PlotlyJson.of(each.getValue()).contains("\"data\""), each.getKey());
        }
    }

    @Test
    void thoseOfTwoClasses() throws IOException {
        try (Studio studio = Studio.inMemory()) {
            TrainedModel model = train(studio, "isDear");
            Evaluation evaluation = model.evaluation();

            Map<String, Chart> charts = ModelCharts.of(evaluation, "isDear", model.classes());

            assertEquals(
                    List.of("confusion", "roc", "precision_recall", "calibration", "importances", "learning_curve"),
                    List.copyOf(charts.keySet()));
            HeatmapChart confusion = (HeatmapChart) Objects.requireNonNull(charts.get("confusion"));
            assertEquals(List.of("false", "true"), confusion.rows());
            assertEquals(
                    120.0,
                    confusion.values().stream()
                            .flatMap(List::stream)
                            .mapToDouble(Double::doubleValue)
                            .sum());
            List<Chart.Point> roc = ((LineChart) Objects.requireNonNull(charts.get("roc")))
                    .series()
                    .get(0)
                    .points();
            assertEquals(evaluation.roc().size(), roc.size());
            assertEquals(1, roc.get(roc.size() - 1).y());
            draw(charts);
        }
    }

    @Test
    void thoseOfNumbers() throws IOException {
        try (Studio studio = Studio.inMemory()) {
            TrainedModel model = train(studio, "rent");

            Map<String, Chart> charts = ModelCharts.of(model.evaluation(), "rent", model.classes());

            assertEquals(
                    List.of("predicted", "residuals", "importances", "learning_curve"), List.copyOf(charts.keySet()));
            List<Chart.Point> points = ((ScatterChart) Objects.requireNonNull(charts.get("predicted")))
                    .groups()
                    .get(0)
                    .points();
            List<Chart.Point> residuals = ((ScatterChart) Objects.requireNonNull(charts.get("residuals")))
                    .groups()
                    .get(0)
                    .points();
            for (int i = 0; i < points.size(); i++) {
                assertEquals(
                        points.get(i).y() - points.get(i).x(), residuals.get(i).y());
            }
            assertEquals(120, points.size());
            charts.put("loss", ModelCharts.losses("rent", List.of(9.0, 5.0, 3.0, 2.0), List.of(9.5, 6.0, 4.5, 4.6)));
            draw(charts);
        }
    }

    @Test
    void aLearningCurveGrowsToAllRows() {
        try (Studio studio = Studio.inMemory()) {
            TrainedModel model = train(studio, "rent");

            List<Evaluation.Learnt> curve = model.evaluation().learningCurve();

            assertEquals(
                    List.of(96L, 192L, 288L, 384L, 480L),
                    curve.stream().map(Evaluation.Learnt::rows).toList());
            assertEquals(model.evaluation().metric("r2").value(), curve.get(4).test());
            assertTrue(curve.get(4).test() > curve.get(0).test(), curve::toString);
            curve.forEach(each -> assertTrue(each.train() > each.test(), each::toString));
        }
    }

    /** The one column that tells something is empty but for a few rows, which a small part of them may all lack. */
    @Test
    void pointsOfTooFewRowsAreLeftOut() throws IOException {
        try (Studio studio = Studio.inMemory()) {
            record Rare(int flag, double value) {}
            Dataset rare = studio.datasets()
                    .importRecords("rare", IntStream.range(0, 24).mapToObj(i -> new Rare(i % 12 == 0 ? 1 : 0, i % 6)));
            TrainingSpec spec = TrainingSpec.predicting("value")
                    .as(Task.REGRESSION)
                    .from("flag")
                    .with(Algorithm.of("linear_regression", Map.of()))
                    .with(new Validation(0, 0.1, 10));

            TrainedModel model = Training.of(studio).train(rare, spec);

            List<Evaluation.Learnt> curve = model.evaluation().learningCurve();
            assertTrue(curve.size() < 10, curve::toString);
            assertEquals(19, curve.get(curve.size() - 1).rows());
            draw(ModelCharts.of(model.evaluation(), "value", model.classes()));
        }
    }
}
