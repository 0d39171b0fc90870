package dev.datastudio.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.ml.spec.TrainingSpecJson;
import dev.datastudio.ml.spec.Validation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row A24: texts by what they mean. */
class EmbeddedTextsTest {
    private static final List<String> GOOD = List.of("great", "lovely", "superb", "fine");
    private static final List<String> BAD = List.of("awful", "broken", "nasty", "poor");
    private static final List<String> FILLERS =
            List.of("the", "this", "box", "lamp", "came", "today", "was", "it", "chair");

    @TempDir
    Path folder;

    /** Knows words that mean the same, those that no training row has, too. */
    private static final class Thesaurus implements Embedder {
        private final String model;
        private final Map<String, Integer> asked = new HashMap<>();

        Thesaurus(String model) {
            this.model = model;
        }

        @Override
        public String model() {
            return model;
        }

        @Override
        public int dimension() {
            return 3;
        }

        @Override
        public synchronized List<float[]> embed(List<String> texts) {
            List<float[]> vectors = new ArrayList<>();
            for (String text : texts) {
                asked.merge(text, 1, Integer::sum);
                List<String> words = List.of(text.split(" "));
                boolean isGood = words.stream().anyMatch(word -> GOOD.contains(word) || word.equals("marvellous"));
                boolean isBad = words.stream().anyMatch(word -> BAD.contains(word) || word.equals("dreadful"));
                vectors.add(new float[] {isGood ? 1 : 0, isBad ? 1 : 0, 0.5f});
            }
            return vectors;
        }
    }

    private record Review(@Nullable String text, String verdict) {}

    private static Dataset reviews(Studio studio) {
        SplittableRandom random = new SplittableRandom(9);
        return studio.datasets()
                .importRecords("reviews", IntStream.range(0, 300).mapToObj(i -> {
                    boolean isGood = i % 2 == 0;
                    List<String> words = new ArrayList<>();
                    for (int word = 0; word < 6; word++) {
                        words.add(FILLERS.get(random.nextInt(FILLERS.size())));
                    }
                    words.set(random.nextInt(6), (isGood ? GOOD : BAD).get(random.nextInt(4)));
                    return new Review(i % 50 == 0 ? null : String.join(" ", words), isGood ? "good" : "bad");
                }));
    }

    private static TrainingSpec spec(String texts) {
        return TrainingSpecJson.parse("{'target':'verdict','preparation':{'texts':'TEXTS'}}"
                        .replace('\'', '"')
                        .replace("TEXTS", texts))
                .with(Algorithm.of("logistic_regression", Map.of()));
    }

    private static String told(Studio studio, TrainedModel model, String text) {
        return Models.of(studio).predict(model.id(), Map.of("text", text)).label();
    }

    @Test
    void wordsThatNoTrainingRowHadAreUnderstood() {
        Thesaurus thesaurus = new Thesaurus("thesaurus 1");
        try (Studio studio =
                Studio.builder().workspace(folder).embedder(thesaurus).build()) {
            Dataset reviews = reviews(studio);
            TrainedModel model =
                    Training.of(studio).train(reviews, spec("embedding").with(new Validation(3, 0.1, 0)));

            assertEquals("good", told(studio, model, "a marvellous thing"));
            assertEquals("bad", told(studio, model, "a dreadful thing"));
            assertEquals(List.of("text meaning 1", "text meaning 2", "text meaning 3"), model.features());
            assertEquals("text", model.evaluation().importances().get(0).column());
            assertTrue(
                    model.warnings().toString().contains("with the embedder 'thesaurus 1', which predictions need"),
                    model.warnings()::toString);
            // However many folds there are; the rows of the test are among them.
            assertTrue(
                    thesaurus.asked.values().stream().filter(times -> times > 1).count() <= 2,
                    thesaurus.asked::toString);

            TrainedModel hashed = Training.of(studio).train(reviews, spec("hashing"));
            assertTrue(hashed.features().size() > 100);
            assertFalse(told(studio, hashed, "marvellous").equals("good")
                    && told(studio, hashed, "dreadful").equals("bad"));
        }
    }

    @Test
    void aKeptModelNeedsTheEmbedderThatItLearntWith() {
        TrainedModel model;
        try (Studio studio = Studio.builder()
                .workspace(folder)
                .embedder(new Thesaurus("thesaurus 1"))
                .build()) {
            model = Training.of(studio).train(reviews(studio), spec("embedding"));
        }
        try (Studio studio = Studio.builder()
                .workspace(folder)
                .embedder(new Thesaurus("thesaurus 1"))
                .build()) {
            assertEquals("good", told(studio, model, "a marvellous thing"));
            assertEquals(
                    2,
                    Models.of(studio)
                            .predict(model.id(), List.of(Map.of("text", ""), Map.of("text", " ")))
                            .size());
        }
        try (Studio studio = Studio.builder()
                .workspace(folder)
                .embedder(new Thesaurus("thesaurus 2"))
                .build()) {
            StudioException other =
                    assertThrows(StudioException.class, () -> told(studio, model, "a marvellous thing"));

            assertEquals(ErrorCode.DEPENDENCY_MISSING, other.code());
            assertTrue(other.what().contains("'thesaurus 1', and this studio has 'thesaurus 2'"), other::what);
        }
        try (Studio studio = Studio.open(folder)) {
            StudioException none = assertThrows(StudioException.class, () -> told(studio, model, "a marvellous thing"));

            assertTrue(none.what().contains("this studio has none"), none::what);
        }
    }

    @Test
    void withoutAnEmbedderTheWishIsRefused() {
        try (Studio studio = Studio.inMemory()) {
            Dataset reviews = reviews(studio);

            StudioException refused = assertThrows(
                    StudioException.class, () -> Training.of(studio).train(reviews, spec("embedding")));

            assertEquals(ErrorCode.DEPENDENCY_MISSING, refused.code());
            assertTrue(refused.what().contains("this studio has no embedder"), refused::what);
            assertEquals(List.of(), Models.of(studio).list());
        }
    }
}
