package dev.datastudio.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.prepare.internal.RawTable;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.Prediction;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.registry.internal.KeptModel;
import dev.datastudio.ml.registry.internal.ModelStore;
import dev.datastudio.ml.spec.TrainingSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row A6: what leaves the studio as ONNX says the same in ONNX Runtime. */
class OnnxExportTest {
    private record House(String town, double area, int year, double price, boolean isSold, String grade) {}

    private static Dataset houses(Studio studio) {
        SplittableRandom random = new SplittableRandom(21);
        List<String> towns = List.of("Ulm", "Kiel", "Jena", "Bonn");
        return studio.datasets().importRecords("houses", IntStream.range(0, 300).mapToObj(i -> {
            String town = towns.get(random.nextInt(4));
            double area = random.nextDouble(40, 250);
            int year = random.nextInt(1900, 2024);
            double price =
                    2_000 * area + 500.0 * (year - 1900) + 40_000 * towns.indexOf(town) + 9_000 * random.nextDouble();
            String grade = price > 400_000 ? "dear" : price > 250_000 ? "fair" : "cheap";
            return new House(town, area, year, price, area * random.nextDouble() > 60, grade);
        }));
    }

    private static List<Map<String, Object>> rows() {
        SplittableRandom random = new SplittableRandom(5);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            rows.add(Map.of(
                    "town",
                    List.of("Ulm", "Kiel", "Jena", "Bonn", "Trier").get(i % 5),
                    "area",
                    random.nextDouble(20, 300),
                    "year",
                    random.nextInt(1850, 2030)));
        }
        return rows;
    }

    private static TrainedModel train(Studio studio, String target, String algorithm) {
        Map<String, Object> parameters = switch (algorithm) {
            case "random_forest" -> Map.of("trees", 25);
            case "gradient_boosting", "xg_boost" -> Map.of("rounds", 12);
            default -> Map.of();
        };
        TrainingSpec spec =
                TrainingSpec.predicting(target).from("town", "area", "year").with(Algorithm.of(algorithm, parameters));
        return Training.of(studio).train(houses(studio), spec);
    }

    @ParameterizedTest
    @CsvSource({
        "linear_regression, price",
        "logistic_regression, isSold",
        "logistic_regression, grade",
        "decision_tree, price",
        "decision_tree, grade",
        "random_forest, price",
        "random_forest, isSold",
        "random_forest, grade",
        "gradient_boosting, price",
        "gradient_boosting, isSold",
        "gradient_boosting, grade",
        "xg_boost, price",
        "xg_boost, grade"
    })
    void onnxRuntimePredictsTheSame(String algorithm, String target) throws OrtException {
        try (Studio studio = Studio.inMemory()) {
            TrainedModel model = train(studio, target, algorithm);
            byte[] file = Models.of(studio).exportOnnx(model.id());
            List<Prediction> expected = Models.of(studio).predict(model.id(), rows());
            Matrix features;
            try (KeptModel kept = new ModelStore(studio, studio.caller()).load(model.id())) {
                features =
                        kept.preparation().apply(RawTable.of(kept.preparation().columns(), rows()));
            }
            double[][] input =
                    IntStream.range(0, features.rows()).mapToObj(features::row).toArray(double[][]::new);

            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            try (OrtSession session = environment.createSession(file);
                    OnnxTensor tensor = OnnxTensor.createTensor(environment, input);
                    OrtSession.Result result = session.run(Map.of("features", tensor))) {
                if (model.classes().isEmpty()) {
                    double[][] values =
                            (double[][]) result.get("value").orElseThrow().getValue();
                    for (int i = 0; i < values.length; i++) {
                        double value = expected.get(i).value();
                        assertEquals(value, values[i][0], 1e-5 * Math.abs(value));
                    }
                } else {
                    double[][] shares =
                            (double[][]) result.get("shares").orElseThrow().getValue();
                    String[] labels =
                            (String[]) result.get("label").orElseThrow().getValue();
                    for (int i = 0; i < shares.length; i++) {
                        double[] told = expected.get(i).shares().values().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray();
                        assertArrayEquals(told, shares[i], 1e-5, Arrays.toString(input[i]));
                        assertEquals(expected.get(i).label(), labels[i]);
                    }
                }
                Map<String, String> about = session.getMetadata().getCustomMetadata();
                assertEquals(model.id(), about.get("studio.model"));
                assertTrue(
                        Objects.requireNonNull(about.get("studio.preparation")).contains("\"town\""), about::toString);
                assertTrue(Objects.requireNonNull(about.get("studio.features")).startsWith("[\""), about::toString);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nearest_neighbours", "support_vector_machine"})
    void othersAreNotExportable(String algorithm) {
        try (Studio studio = Studio.inMemory()) {
            TrainedModel model = train(studio, "grade", algorithm);

            StudioException refused =
                    assertThrows(StudioException.class, () -> Models.of(studio).exportOnnx(model.id()));

            assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
            assertTrue(refused.what().contains(algorithm.replace('_', ' ') + " is not exportable"), refused::what);
        }
    }

    @Test
    void aModelThatIsNotThereIsNotExported() {
        try (Studio studio = Studio.inMemory()) {
            StudioException refused = assertThrows(
                    StudioException.class, () -> Models.of(studio).exportOnnx("00000000-0000-0000-0000-000000000000"));

            assertEquals(ErrorCode.TRAINED_MODEL_NOT_FOUND, refused.code());
        }
    }
}
