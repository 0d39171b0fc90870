package dev.datastudio.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.algorithm.internal.Parameters;
import dev.datastudio.ml.spec.Preparation;
import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.testkit.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row A6: what is kept by one Java says the same in another one. */
class OtherProcessTest {
    private static final int OLDEST = 17;
    /** Where Debian and Temurin put them. */
    private static final Path INSTALLED = Path.of("/usr/lib/jvm");

    /** Those that read a table and predict a column; of each the words as classes, else the numbers. */
    private static final List<String> NAMES = Algorithm.KINDS.stream()
            .map(Parameters::nameOf)
            .filter(KeptModelsTest::predictsTables)
            .toList();

    @TempDir
    Path folder;

    private record Item(String kind, double size, int age, String note, double price, String grade) {}

    private static Dataset items(Studio studio) {
        return studio.datasets().importRecords("items", IntStream.range(0, 200).mapToObj(i -> {
            double size = (i * 37 % 101) / 3.0;
            int age = i * 53 % 29;
            String note = "box " + i * 7 % 90 + " came on day " + i % 7;
            return new Item("kind " + i % 4, size, age, note, size * 3 + age + i % 4, size > 20 ? "high" : "low");
        }));
    }

    /** A Java of another version that Studio runs on, the newest first. */
    private static Optional<Path> otherJava() throws IOException {
        if (!Files.isDirectory(INSTALLED)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(INSTALLED)) {
            return homes.filter(home -> Files.isExecutable(home.resolve("bin/java")))
                    .filter(home -> version(home) >= OLDEST
                            && version(home) != Runtime.version().feature())
                    .max(Comparator.comparingInt(OtherProcessTest::version))
                    .map(home -> home.resolve("bin/java"));
        }
    }

    /** As the file {@code release} of a JDK tells it; 0 without one. */
    private static int version(Path home) {
        try {
            Path release = home.resolve("release");
            return Files.exists(release)
                    ? Files.readAllLines(release).stream()
                            .filter(line -> line.startsWith("JAVA_VERSION="))
                            .map(line -> line.replaceAll("\\D+(\\d+).*", "$1"))
                            .mapToInt(Integer::parseInt)
                            .findFirst()
                            .orElse(0)
                    : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aModelSaysTheSameOnTheOtherJava() throws Exception {
        Optional<Path> other = otherJava();
        assumeTrue(other.isPresent(), "There is no second JDK of version 17 or later under " + INSTALLED);
        List<String> here;
        try (Studio studio = Studio.open(folder.resolve("workspace"))) {
            Dataset items = items(studio);
            for (String name : NAMES) {
                Map<String, ?> fast = switch (name) {
                    case "random_forest" -> Map.of("trees", 20);
                    case "multilayer_perceptron", "custom_network" -> Map.of("epochs", 5);
                    case "xg_boost", "gradient_boosting" -> Map.of("rounds", 20);
                    default -> Map.of();
                };
                String target = name.equals("linear_regression") ? "price" : "grade";
                TrainingSpec spec = TrainingSpec.predicting(target)
                        .from("kind", "size", "age", "note")
                        .with(Preparation.of(Map.of("textFeatures", 16)))
                        .with(Algorithm.of(name, fast));
                Training.of(studio).train(items, spec, TrainingOptions.DEFAULT.named(name));
            }
            here = PredictingProcess.told(studio);
        }

        List<String> there = told(other.orElseThrow());

        assertTrue(!there.get(0).equals(String.valueOf(Runtime.version().feature())), there.get(0));
        assertEquals(NAMES.size(), here.size());
        assertEquals(here, there.subList(1, there.size()));
    }

    private List<String> told(Path java) throws Exception {
        Path answer = folder.resolve("told");
        List<String> command = new ArrayList<>(JavaCommand.of(
                PredictingProcess.class, folder.resolve("workspace").toString(), answer.toString()));
        command.set(0, java.toString());
        Path log = folder.resolve("log");
        Process child = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertTrue(child.waitFor(3, TimeUnit.MINUTES), "it did not end");
            assertEquals(0, child.exitValue(), Files.readString(log));
        } finally {
            child.destroyForcibly();
        }
        return Files.readAllLines(answer);
    }
}
