package dev.datastudio.app.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.Training;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.rag.embed.BgeSmallEmbedder;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** PyTorch and the tokenizers of embeddings share a library and a process. */
class DeepModelsBesideEmbeddingsTest {
    private record Row(double x, double y) {}

    @Test
    void textsAreEmbeddedBeforeAndAfterATraining() {
        try (Studio studio = Studio.inMemory()) {
            Dataset rows = studio.datasets()
                    .importRecords(
                            "rows",
                            IntStream.range(0, 200).mapToObj(i -> new Row(i / 100.0, Math.abs(i - 100) / 50.0)));
            BgeSmallEmbedder embedder = BgeSmallEmbedder.create();

            float[] before = embedder.embed(List.of("how much was sold in May")).get(0);
            TrainedModel model = Training.of(studio)
                    .train(
                            rows,
                            TrainingSpec.predicting("y")
                                    .with(Algorithm.of(
                                            "multilayer_perceptron", Map.of("epochs", 60, "learningRate", 0.01))));
            float[] after = embedder.embed(List.of("how much was sold in May")).get(0);

            assertTrue(model.evaluation().metric("r2").value() > 0.9, model.evaluation()::toString);
            assertArrayEquals(before, after);
        }
    }
}
