package dev.datastudio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.core.Studio;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.Prediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row A24: texts by what they mean, with the model that documents are found by. */
class TextsByMeaningTest {
    private static final List<String> ANIMALS = List.of("dog", "cat", "horse", "cow", "duck");
    private static final List<String> VEHICLES = List.of("car", "bus", "truck", "train", "bicycle");
    private static final List<String> OTHER_ANIMALS = List.of("puppy", "kitten", "pony", "calf", "goose");
    private static final List<String> OTHER_VEHICLES = List.of("taxi", "coach", "van", "tram", "motorbike");
    private static final List<String> DOES = List.of("stood", "waited", "stopped", "turned", "was seen");
    private static final List<String> WHERE = List.of("by the house", "at the gate", "near the bridge", "on the road");
    private static final List<String> WHEN = List.of("today", "at noon", "last night", "in the rain", "for an hour");

    @TempDir
    Path folder;

    private static <T> T any(List<T> all, SplittableRandom random) {
        return all.get(random.nextInt(all.size()));
    }

    private static String sentence(String noun, SplittableRandom random) {
        return "the " + noun + " " + any(DOES, random) + " " + any(WHERE, random) + " " + any(WHEN, random);
    }

    @Test
    void wordsThatWereNotLearntAreUnderstoodWhenTheStudioIsOpenedAgain() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        StringBuilder csv = new StringBuilder("text,kind\n");
        for (int i = 0; i < 150; i++) {
            boolean isAnimal = i % 2 == 0;
            csv.append(sentence(any(isAnimal ? ANIMALS : VEHICLES, random), random))
                    .append(isAnimal ? ",animal\n" : ",vehicle\n");
        }
        Path file = folder.resolve("seen.csv");
        Files.writeString(file, csv);
        Cli cli = new Cli(folder.resolve("workspace"));
        for (String texts : List.of("embedding", "hashing")) {
            Cli.Run trained = cli.run(
                    "train",
                    file.toString(),
                    "kind",
                    "--algorithm=logistic_regression",
                    "--prepare=texts=" + texts,
                    "--name=" + texts);
            assertEquals(0, trained.exitCode(), trained.err());
            assertEquals(
                    texts.equals("embedding"),
                    trained.out().contains("with the embedder 'bge-small-en-v1.5-q8'"),
                    trained.out());
        }

        List<Map<String, String>> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rows.add(Map.of("text", sentence(any(i < 20 ? OTHER_ANIMALS : OTHER_VEHICLES, random), random)));
        }

        double meant = right("embedding", rows);
        double hashed = right("hashing", rows);
        assertTrue(meant >= 0.9 && hashed < 0.75, () -> meant + " by meaning, " + hashed + " by words");
    }

    /** The share of rows that a kept model tells right; the first half are animals. */
    private double right(String name, List<Map<String, String>> rows) {
        try (Studio studio = Studio.open(folder.resolve("workspace"))) {
            Models models = Models.of(studio);
            List<Prediction> told =
                    models.predict(models.find(name).orElseThrow().id(), rows);
            int right = 0;
            for (int i = 0; i < told.size(); i++) {
                right += Objects.equals(told.get(i).label(), i < 20 ? "animal" : "vehicle") ? 1 : 0;
            }
            return right / (double) told.size();
        }
    }
}
