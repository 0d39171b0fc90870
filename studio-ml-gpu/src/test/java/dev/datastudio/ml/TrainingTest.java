package dev.datastudio.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.Prediction;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.TrainingSpec;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows A3, A5, A6. */
class TrainingTest {
    private record Shop(String region, double size, int staff, double sales, boolean isGood) {}

    private static Dataset shops(Studio studio, int count) {
        SplittableRandom random = new SplittableRandom(7);
        List<String> regions = List.of("North", "South", "West");
        return studio.datasets()
                .importRecords("shops", IntStream.range(0, count).mapToObj(i -> {
                    String region = regions.get(random.nextInt(3));
                    double size = random.nextDouble(50, 500);
                    int staff = random.nextInt(1, 30);
                    double sales = 20 * size
                            + 300 * staff
                            + (region.equals("South") ? 4_000 : 0)
                            + 200 * (random.nextDouble() - 0.5);
                    return new Shop(region, size, staff, sales, sales > 10_000);
                }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "linear_regression",
                "decision_tree",
                "random_forest",
                "nearest_neighbours",
                "support_vector_machine",
                "gradient_boosting",
                "xg_boost"
            })
    void learnsNumbers(String algorithm) {
        try (Studio studio = Studio.inMemory()) {
            Dataset shops = shops(studio, 1_200);
            Algorithm chosen = Algorithm.of(algorithm, Map.of());
            if (algorithm.equals("support_vector_machine")) {
                chosen = chosen.with("cost", 10_000);
            }
            TrainingSpec spec = TrainingSpec.predicting("sales")
                    .from("region", "size", "staff")
                    .with(chosen);

            TrainedModel model = Training.of(studio).train(shops, spec);

            assertTrue(model.evaluation().metric("r2").value() > 0.95, model.evaluation()::toString);
            assertTrue(model.evaluation().baseline("r2").value() < 0.05);
            assertEquals(240, model.evaluation().rows());
            Map<String, Object> row = Map.of("region", "South", "size", 300.0, "staff", 10);
            Prediction prediction = Models.of(studio).predict(model.id(), row);
            assertEquals(13_000, prediction.value(), 1_300);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "logistic_regression",
                "decision_tree",
                "random_forest",
                "nearest_neighbours",
                "support_vector_machine",
                "gradient_boosting",
                "xg_boost"
            })
    void learnsClasses(String algorithm) {
        try (Studio studio = Studio.inMemory()) {
            Dataset shops = shops(studio, 1_200);
            TrainingSpec two = TrainingSpec.predicting("isGood")
                    .from("region", "size", "staff")
                    .with(Algorithm.of(algorithm, Map.of()));
            TrainingSpec three = TrainingSpec.predicting("region")
                    .from("sales", "size", "staff")
                    .with(Algorithm.of(algorithm, Map.of()));

            TrainedModel good = Training.of(studio).train(shops, two);
            TrainedModel region = Training.of(studio).train(shops, three);

            assertTrue(good.evaluation().metric("accuracy").value() > 0.93, good.evaluation()::toString);
            assertTrue(good.evaluation().metric("roc_auc").value() > 0.95, good.evaluation()::toString);
            assertEquals(List.of("false", "true"), good.classes());
            assertEquals(List.of("North", "South", "West"), region.classes());
            assertTrue(
                    region.evaluation().metric("accuracy").value()
                            > region.evaluation().baseline("accuracy").value() + 0.05,
                    region.evaluation()::toString);
            Map<String, Object> row = Map.of("region", "South", "size", 480.0, "staff", 25);
            Prediction prediction = Models.of(studio).predict(good.id(), row);
            assertEquals("true", prediction.label());
            assertEquals(
                    1,
                    prediction.shares().values().stream()
                            .mapToDouble(Double::doubleValue)
                            .sum(),
                    1e-6);
        }
    }

    @Test
    void theSameSpecAndDataGiveTheSameModel() {
        try (Studio studio = Studio.inMemory()) {
            Dataset shops = shops(studio, 400);
            TrainingSpec spec = TrainingSpec.predicting("isGood").from("region", "size", "staff");

            TrainedModel first = Training.of(studio).train(shops, spec);
            TrainedModel again = Training.of(studio).train(shops, spec);

            assertEquals(first.evaluation(), again.evaluation());
            assertEquals(2, again.version());
            assertEquals(
                    List.of(again.id(), first.id()),
                    Models.of(studio).versions(first.name()).stream()
                            .map(TrainedModel::id)
                            .toList());
        }
    }
}
