package dev.datastudio.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.evaluate.Evaluation;
import dev.datastudio.ml.registry.ModelCard;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.Prediction;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.Task;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row A6: models that were kept when all of them were trained and judged still load and predict the same. */
class ModelsOfBeforeTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static byte[] file(String name) throws IOException {
        try (InputStream in = ModelsOfBeforeTest.class.getResourceAsStream("kept/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    /** Puts the files of a model where an earlier version had put them. */
    private static String kept(Studio studio, String name) throws IOException {
        String id = UUID.nameUUIDFromBytes(new byte[] {(byte) name.length()}).toString();
        String tenant = studio.caller().tenant();
        studio.artifacts()
                .put(
                        ArtifactKey.of(studio.caller()).resolve("models/" + id + "/model.json"),
                        file(name + ".model.json"));
        studio.metadata()
                .apply(EntryChange.insert(
                        new EntryKey(tenant, "trained-model", id),
                        JSON.readTree(file(name + ".entry.json")).toString(),
                        Map.of("user_id", studio.caller().user())));
        return id;
    }

    @ParameterizedTest
    @ValueSource(strings = {"numbers", "classes", "unlabelled"})
    void predictTheSame(String name) throws IOException {
        List<Map<String, Object>> rows = IntStream.range(0, 5)
                .mapToObj(i -> Map.<String, Object>of("kind", "kind " + i, "size", i * 7.5, "age", i * 5))
                .toList();
        try (Studio studio = Studio.inMemory()) {
            String id = kept(studio, name);

            List<Prediction> told = Models.of(studio).predict(id, rows);

            List<Prediction> before = new ArrayList<>();
            for (JsonNode each : JSON.readTree(file(name + ".expected.json"))) {
                Map<String, Double> shares = new java.util.LinkedHashMap<>();
                each.required("shares")
                        .properties()
                        .forEach(share ->
                                shares.put(share.getKey(), share.getValue().asDouble()));
                before.add(new Prediction(
                        each.required("label").asText(), each.required("value").asDouble(), shares, Map.of()));
            }
            assertEquals(5, before.size());
            for (int i = 0; i < 5; i++) {
                assertEquals(before.get(i).label(), told.get(i).label());
                assertEquals(before.get(i).value(), told.get(i).value(), 1e-6);
                assertEquals(
                        before.get(i).shares().keySet(), told.get(i).shares().keySet());
            }
        }
    }

    @Test
    void areKnownWithAllTheirParts() throws IOException {
        try (Studio studio = Studio.inMemory()) {
            TrainedModel model = Models.of(studio).get(kept(studio, "numbers"));

            assertEquals("linear_regression", model.algorithm());
            assertEquals("price", model.target());
            assertEquals(Task.REGRESSION, model.task());
            assertEquals(
                    List.of("kind", "size", "age"), List.copyOf(model.columns().keySet()));
            assertEquals(96, model.data().trainRows());
            assertEquals("cpu", model.device());
            Evaluation judged = model.evaluation();
            assertEquals(24, judged.rows());
            assertEquals(3, judged.folds().size());
            assertEquals(24, judged.residuals().size());
            assertEquals(3, judged.importances().size());
            assertEquals(2, judged.learningCurve().size());
            assertTrue(
                    judged.metric("r2").value() > 0.99 && judged.baseline("r2").value() < 0.1, judged::toString);

            TrainedModel unlabelled = Models.of(studio).get(kept(studio, "unlabelled"));
            assertEquals(2, unlabelled.history().size());
            assertEquals("", unlabelled.target());
            assertTrue(unlabelled.evaluation().beside("unusual_share").isEmpty());
            assertTrue(ModelCard.of(unlabelled).contains("whether a row is unusual"), ModelCard.of(unlabelled));
        }
    }
}
