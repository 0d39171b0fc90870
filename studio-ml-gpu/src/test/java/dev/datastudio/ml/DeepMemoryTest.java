package dev.datastudio.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.spec.Split;
import dev.datastudio.ml.spec.TrainingSpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Row A6: what a deep model would take is known, and refused, before it is made. */
class DeepMemoryTest {
    private static final long MEBIBYTE = 1 << 20;

    private record Row(double back2, double back1, String text, String file, double next) {}

    private static Dataset rows(Studio studio) {
        SplittableRandom random = new SplittableRandom(2);
        return studio.datasets().importRecords("rows", IntStream.range(0, 50).mapToObj(i -> {
            byte[] file = new byte[3_000];
            random.nextBytes(file);
            file[0] = (byte) 0xff; // as a JPEG begins; it is not looked at before there is room for it
            file[1] = (byte) 0xd8;
            file[2] = (byte) 0xff;
            String text = "the " + random.nextInt(9) + " of " + i + " and so on";
            return new Row(i, i + 1, text, Base64.getEncoder().encodeToString(file), i + 2);
        }));
    }

    private static StudioException refused(Studio studio, long bytes, TrainingSpec spec) {
        TrainingOptions options = TrainingOptions.DEFAULT.within(TrainingLimits.NONE.withMemoryBytes(bytes));
        StudioException refused =
                assertThrows(StudioException.class, () -> Training.of(studio).train(rows(studio), spec, options));
        assertEquals(ErrorCode.LIMIT_EXCEEDED, refused.code(), refused::getMessage);
        return refused;
    }

    private static TrainingSpec spec(String algorithm, Map<String, ?> parameters, String... features) {
        return TrainingSpec.predicting("next").from(List.of(features)).with(Algorithm.of(algorithm, parameters));
    }

    @Test
    void networksThatAreTooLargeAreRefusedWithTheNumbers() {
        try (Studio studio = Studio.inMemory()) {
            StudioException steps = refused(
                    studio, 100 * MEBIBYTE, spec("recurrent_network", Map.of("units", 1_000), "back2", "back1"));
            StudioException words = refused(
                    studio,
                    100 * MEBIBYTE,
                    spec("recurrent_network", Map.of("words", 50_000, "textLength", 16), "text"));
            StudioException batches = refused(
                    studio,
                    60 * MEBIBYTE,
                    spec("convolutional_network", Map.of("input", "picture", "batch", 512), "file"));
            StudioException table = refused(
                    studio,
                    Long.MAX_VALUE,
                    spec("multilayer_perceptron", Map.of("hidden", "65536,65536,65536"), "back2", "back1"));

            assertEquals(
                    "46 rows of 2 values are estimated to need 1 MiB, and a network of 4,013,001 parameters in batches of"
                            + " 32 rows 258 MiB beside them, more than the 100 MiB that a training may take here",
                    steps.what());
            assertTrue(steps.mend().contains("raise the limit of memory"), steps::mend);
            assertTrue(words.what().contains("a network of 1,6"), words::what);
            assertTrue(batches.what().contains("in batches of 512 rows"), batches::what);
            assertTrue(table.what().endsWith(" MiB that this machine has"), table::what);
        }
    }

    /** Of 50 rows 10 are judged and 4 held back, which are gone when the others come. */
    @Test
    void rowsThatAreNotLearntAreCounted() {
        try (Studio studio = Studio.inMemory()) {
            TrainingSpec spec = spec(
                    "convolutional_network", Map.of("input", "picture", "pictureSize", 256, "filters", "2"), "file");

            StudioException learntOnly = refused(studio, 230 * MEBIBYTE, spec);
            StudioException half = refused(studio, 230 * MEBIBYTE, spec.with(new Split(0.5, "", "")));

            assertTrue(learntOnly.what().startsWith("46 rows of 196608 columns are estimated to need 276 MiB"));
            assertTrue(half.what().startsWith("47 rows of 196608 columns"), half::what);
        }
    }

    @Test
    void picturesAndTheirFilesAreCounted() {
        try (Studio studio = Studio.inMemory()) {
            StudioException points = refused(
                    studio,
                    100 * MEBIBYTE,
                    spec("convolutional_network", Map.of("input", "picture", "pictureSize", 256), "file"));
            StudioException files =
                    refused(studio, 150_000, spec("convolutional_network", Map.of("input", "picture"), "file"));

            assertEquals(
                    "46 rows of 196608 columns are estimated to need 276 MiB, more than the 100 MiB that a training may"
                            + " take here",
                    points.what());
            assertTrue(files.what().startsWith("The texts or pictures of the first 37 rows take more"), files::what);
        }
    }
}
