package dev.datastudio.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.algorithm.internal.Parameters;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.Prediction;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.ml.spec.TrainingSpecJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Row A6: a model is the same after it was kept. */
class KeptModelsTest {
    @TempDir
    Path folder;

    private record Item(String kind, double size, int age, double price, String grade) {}

    private static Dataset items(Studio studio) {
        return studio.datasets().importRecords("items", IntStream.range(0, 300).mapToObj(i -> {
            double size = (i * 37 % 101) / 3.0;
            int age = i * 53 % 29;
            return new Item(
                    "kind " + i % 4, size, age, size * 3 + age + i % 4, size > 20 ? "high" : age > 14 ? "old" : "low");
        }));
    }

    /** What these read is no table with a target; they have tests of their own. */
    private static final Set<String> WITHOUT_TABLE_OR_TARGET = Set.of(
            "convolutional_network",
            "recurrent_network",
            "transformer",
            "residual_network",
            "autoencoder",
            "generative_network");

    /** Whether an algorithm predicts a column of a table. */
    static boolean predictsTables(String algorithm) {
        return !WITHOUT_TABLE_OR_TARGET.contains(algorithm);
    }

    static Stream<Arguments> algorithms() {
        List<Arguments> all = new ArrayList<>();
        for (Class<? extends Record> kind : Algorithm.KINDS) {
            String name = Parameters.nameOf(kind);
            if (!predictsTables(name)) {
                continue;
            }
            if (!name.equals("logistic_regression")) {
                all.add(Arguments.of(name, "price"));
            }
            if (!name.equals("linear_regression")) {
                all.add(Arguments.of(name, "grade"));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void predictsAfterOpeningAsBefore(String algorithm, String target) {
        List<Map<String, Object>> rows = IntStream.range(0, 40)
                .mapToObj(i -> Map.<String, Object>of("kind", "kind " + i % 5, "size", i * 0.9, "age", i % 31))
                .toList();
        String id;
        List<Prediction> before;
        TrainedModel model;
        try (Studio studio = Studio.open(folder)) {
            TrainingSpec spec =
                    TrainingSpec.predicting(target).from("kind", "size", "age").with(Algorithm.of(algorithm, Map.of()));
            model = Training.of(studio).train(items(studio), spec);
            id = model.id();
            before = Models.of(studio).predict(id, rows);
        }

        try (Studio studio = Studio.open(folder)) {
            assertEquals(model, Models.of(studio).get(id));
            assertEquals(before, Models.of(studio).predict(id, rows));
        }
    }

    @Test
    void aDataSetIsPredicted() {
        try (Studio studio = Studio.open(folder)) {
            Dataset items = items(studio);
            TrainedModel model = Training.of(studio)
                    .train(items, TrainingSpec.predicting("grade").from("size", "age"));

            Dataset predicted = Models.of(studio).predict(model.id(), items, "graded");

            assertEquals(300, predicted.rowCount());
            assertEquals(
                    List.of(List.of(300L)),
                    studio.query(
                                    List.of(predicted),
                                    "SELECT count(*) FROM graded WHERE \"predicted grade\" = grade AND"
                                            + " abs(\"share of high\" + \"share of low\" + \"share of old\" - 1) < 1e-6")
                            .rows());
        }
    }

    @Test
    void aDamagedModelIsNamedAndRefused() throws IOException {
        try (Studio studio = Studio.open(folder)) {
            TrainedModel model = Training.of(studio)
                    .train(items(studio), TrainingSpec.predicting("price").from("size", "age"));
            ArtifactKey file = ArtifactKey.of(studio.caller()).resolve("models/" + model.id() + "/model.json");
            byte[] content;
            try (InputStream in = studio.artifacts().open(file)) {
                content = in.readAllBytes();
            }
            content[content.length / 2] ^= 1;
            studio.artifacts().put(file, content);

            StudioException changed = assertThrows(
                    StudioException.class, () -> Models.of(studio).predict(model.id(), Map.of("size", 1, "age", 1)));
            studio.artifacts().delete(file);
            StudioException gone = assertThrows(
                    StudioException.class, () -> Models.of(studio).predict(model.id(), Map.of("size", 1, "age", 1)));

            assertEquals(ErrorCode.TRAINED_MODEL_DAMAGED, changed.code());
            assertTrue(changed.what().contains(model.id()) && changed.what().contains("changed"), changed::what);
            assertEquals(ErrorCode.TRAINED_MODEL_DAMAGED, gone.code());
        }
    }

    @Test
    void othersHaveNoneOfIt() {
        try (Studio studio = Studio.open(folder)) {
            TrainedModel model = Training.of(studio)
                    .train(items(studio), TrainingSpec.predicting("price").from("size", "age"));
            for (Caller other : List.of(
                    new Caller(studio.caller().tenant(), "eve"),
                    new Caller("rivals", studio.caller().user()))) {
                Models models = Models.of(studio).as(other);

                assertEquals(List.of(), models.list());
                assertEquals(
                        ErrorCode.TRAINED_MODEL_NOT_FOUND,
                        assertThrows(StudioException.class, () -> models.get(model.id()))
                                .code());
                assertEquals(
                        ErrorCode.TRAINED_MODEL_NOT_FOUND,
                        assertThrows(StudioException.class, () -> models.predict(model.id(), Map.of()))
                                .code());
                assertEquals(
                        ErrorCode.TRAINED_MODEL_NOT_FOUND,
                        assertThrows(StudioException.class, () -> models.delete(model.id()))
                                .code());
            }
            Models.of(studio).delete(model.id());
            assertEquals(List.of(), Models.of(studio).list());
            assertFalse(studio.artifacts().list(ArtifactKey.of(studio.caller()).resolve("models")).stream()
                    .anyMatch(artifact -> artifact.key().value().contains(model.id())));
        }
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void specsAreTheSameAsJson(String algorithm, String target) {
        TrainingSpec spec = TrainingSpec.predicting(target)
                .from("a", "b")
                .with(Algorithm.of(algorithm, Map.of()))
                .seeded(7);

        assertEquals(spec, TrainingSpecJson.parse(TrainingSpecJson.write(spec)));
    }

    @Test
    void aSpecWithSomethingUnknownIsRefused() {
        for (String text : List.of(
                "{'target':'a','algoritm':{'type':'random_forest'}}",
                "{'target':'a','algorithm':{'type':'random_forest','tres':3}}",
                "{'target':'a','algorithm':{'type':'random_forest','trees':'many'}}",
                "{'target':'a','algorithm':{'type':'random_forest','features':'most'}}",
                "{'target':'a','split':{'testShare':0.9}}",
                "{'target':'a','features':['a']}",
                "{'target':'','features':[]}",
                "{'target':'a','seed':1.5}",
                "[]",
                "{")) {
            StudioException error =
                    assertThrows(StudioException.class, () -> TrainingSpecJson.parse(text.replace('\'', '"')), text);
            assertEquals(ErrorCode.INVALID_ARGUMENT, error.code(), text);
        }
    }
}
