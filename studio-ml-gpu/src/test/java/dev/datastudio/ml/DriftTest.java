package dev.datastudio.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.drift.ColumnDrift;
import dev.datastudio.ml.drift.Drift;
import dev.datastudio.ml.drift.Reading;
import dev.datastudio.ml.drift.internal.DriftCount;
import dev.datastudio.ml.prepare.internal.RawTable;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.registry.internal.KeptModel;
import dev.datastudio.ml.spec.TrainingSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row A6: new rows beside those of training. */
class DriftTest {
    @TempDir
    Path folder;

    private record Order(@Nullable String shop, double amount, int items, LocalDate day, double profit) {}

    private record Loud(String SHOP, double AMOUNT, int ITEMS, LocalDate DAY) {}

    /** Orders that grow by {@code factor}, of which some are of a shop that was not there before. */
    private static Dataset orders(Studio studio, String name, int count, int seed, double factor, int newShopEach) {
        SplittableRandom random = new SplittableRandom(seed);
        return studio.datasets().importRecords(name, IntStream.range(0, count).mapToObj(i -> {
            String shop = newShopEach > 0 && i % newShopEach == 0 ? "Bremen" : "shop " + random.nextInt(3);
            double amount = random.nextDouble() * 100 * factor;
            LocalDate day = LocalDate.of(2024, 1, 1).plusDays(random.nextInt(365));
            return new Order(random.nextInt(20) == 0 ? null : shop, amount, random.nextInt(9), day, amount / 3);
        }));
    }

    private static TrainedModel trained(Studio studio) {
        TrainingSpec spec = TrainingSpec.predicting("profit")
                .from("shop", "amount", "items", "day")
                .with(Algorithm.of("linear_regression", Map.of()));
        return Training.of(studio).train(orders(studio, "orders", 1_000, 1, 1, 0), spec);
    }

    private static ColumnDrift column(Drift drift, String name) {
        return drift.columns().stream()
                .filter(each -> each.column().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void isFoundOutInTheBackground() {
        try (Studio studio = Studio.inMemory()) {
            TrainedModel model = trained(studio);
            Dataset later = orders(studio, "later", 3_000, 2, 1.4, 3);
            TrainingJobs jobs = TrainingJobs.of(studio);

            JobId id = jobs.submitDrift(studio.caller(), model.id(), later);
            studio.jobs().await(studio.caller(), id, Duration.ofMinutes(1));

            assertEquals(
                    Models.of(studio).drift(model.id(), later),
                    jobs.drift(studio.caller(), id).orElseThrow());
            StudioException training = assertThrows(StudioException.class, () -> jobs.model(studio.caller(), id));
            assertEquals(ErrorCode.JOB_NOT_FOUND, training.code());
            StudioException lacking = assertThrows(
                    StudioException.class, () -> jobs.submitDrift(studio.caller(), model.id(), few(studio)));
            assertEquals(ErrorCode.UNKNOWN_COLUMN, lacking.code());
        }
    }

    private static Dataset few(Studio studio) {
        return studio.datasets().importMaps("few", List.of(Map.of("shop", "a"), Map.of("shop", "b")));
    }

    @Test
    void endsBetweenTwoPartsOfTheRowsWhenItIsCancelled() {
        try (Studio studio = Studio.inMemory()) {
            TrainedModel model = trained(studio);
            Dataset later = orders(studio, "later", 20_000, 2, 1, 0);
            Cancellation cancellation = Cancellation.create();
            List<Long> told = new ArrayList<>();

            StudioException ended = assertThrows(
                    StudioException.class,
                    () -> Models.of(studio).drift(model.id(), later, cancellation, progress -> {
                        told.add(progress.done());
                        cancellation.cancel();
                    }));

            assertEquals(ErrorCode.CANCELLED, ended.code());
            assertEquals(1, told.size(), told::toString);
            assertTrue(told.get(0) < 20_000, told::toString);
        }
    }

    @Test
    void rowsOfTheSameKindAreStable() {
        try (Studio studio = Studio.inMemory()) {
            TrainedModel model = trained(studio);
            for (int count : List.of(60, 6_000)) { // fewer rows differ more by chance; more come in several parts
                Drift drift = Models.of(studio).drift(model.id(), orders(studio, "later " + count, count, 2, 1, 0));

                assertEquals(Reading.STABLE, drift.reading(), drift::toString);
                assertEquals(count, drift.rows());
                assertEquals(4, drift.columns().size());
                assertEquals("The rows look like those that the model learnt from.", drift.verdict());
                for (ColumnDrift each : drift.columns()) {
                    assertEquals(
                            1,
                            each.bins().stream()
                                    .mapToDouble(ColumnDrift.Bin::now)
                                    .sum(),
                            1e-9);
                }
            }
        }
    }

    @Test
    void aMovedColumnIsNamed() {
        try (Studio studio = Studio.inMemory()) {
            TrainedModel model = trained(studio);

            Drift drift = Models.of(studio).drift(model.id(), orders(studio, "later", 2_000, 2, 2, 4));

            assertEquals(Reading.DIFFERENT, drift.reading());
            ColumnDrift amount = column(drift, "amount");
            ColumnDrift shop = column(drift, "shop");
            assertEquals(Reading.DIFFERENT, amount.reading());
            assertEquals(0.5, amount.outside(), 0.05);
            assertEquals(List.of("Bremen"), shop.newValues());
            assertEquals(0.24, shop.outside(), 0.02);
            assertEquals(0.05, shop.missingThen(), 0.03);
            assertEquals(0.05, shop.missingNow(), 0.03);
            assertEquals(Reading.STABLE, column(drift, "items").reading());
            assertEquals(Reading.STABLE, column(drift, "day").reading());
            assertTrue(drift.verdict().contains("amount") && drift.verdict().contains("shop"), drift::verdict);
        }
    }

    /** The index by hand: half of the rows, which were all of one value, have another one. */
    @Test
    void theIndexIsThatOfThePapers() {
        try (Studio studio = Studio.inMemory()) {
            record Coin(String side, int one, double x) {}
            Dataset fair = studio.datasets()
                    .importRecords(
                            "fair",
                            IntStream.range(0, 5_000).mapToObj(i -> new Coin(i % 2 == 0 ? "head" : "tail", i % 7, i)));
            Dataset bent = studio.datasets()
                    .importRecords(
                            "bent",
                            IntStream.range(0, 5_000).mapToObj(i -> new Coin(i % 4 == 0 ? "head" : "tail", i % 7, i)));
            TrainingSpec spec =
                    TrainingSpec.predicting("x").from("side", "one").with(Algorithm.of("linear_regression", Map.of()));
            TrainedModel model = Training.of(studio).train(fair, spec);

            ColumnDrift side = column(Models.of(studio).drift(model.id(), bent), "side");

            // By chance the training rows are not exactly half and half.
            double then = side.bins().get(0).then();
            double now = side.bins().get(0).now();
            double expected = (now - then) * Math.log(now / then) + (then - now) * Math.log((1 - now) / (1 - then));
            assertEquals(expected, side.index(), 0.002);
            assertEquals(0.27, side.index(), 0.02);
        }
    }

    @Test
    void lettersOfNamesDoNotMatter() {
        try (Studio studio = Studio.inMemory()) {
            TrainedModel model = trained(studio);
            Dataset loud = studio.datasets()
                    .importRecords(
                            "loud",
                            IntStream.range(0, 500)
                                    .mapToObj(i -> new Loud(
                                            "shop " + i % 3,
                                            i % 100,
                                            i % 9,
                                            LocalDate.of(2024, 1, 1).plusDays(i % 365))));

            Drift drift = Models.of(studio).drift(model.id(), loud);
            Dataset predicted = Models.of(studio).predict(model.id(), loud, "predicted");

            drift.columns().forEach(each -> assertEquals(0, each.missingNow(), each::toString));
            assertEquals(
                    List.of(List.of(500L)),
                    studio.query(
                                    List.of(predicted),
                                    "SELECT count(*) FROM predicted WHERE abs(\"predicted profit\" - \"AMOUNT\" / 3) < 0.01")
                            .rows());
        }
    }

    @Test
    void aDataSetWithoutAColumnIsRefused() {
        try (Studio studio = Studio.inMemory()) {
            TrainedModel model = trained(studio);
            record Part(String shop, double amount) {}
            Dataset part = studio.datasets().importRecords("part", Stream.of(new Part("a", 1)));

            StudioException refused =
                    assertThrows(StudioException.class, () -> Models.of(studio).drift(model.id(), part));

            assertEquals(ErrorCode.UNKNOWN_COLUMN, refused.code());
        }
    }

    /** Models that were kept before this was recorded. */
    @Test
    void aModelWithoutARecordSaysSo() throws IOException {
        try (Studio studio = Studio.open(folder)) {
            TrainedModel model = trained(studio);
            ArtifactKey file = ArtifactKey.of(studio.caller()).resolve("models/" + model.id() + "/model.json");
            byte[] content;
            try (InputStream in = studio.artifacts().open(file)) {
                content = in.readAllBytes();
            }
            ObjectMapper mapper = new ObjectMapper();
            ObjectNode old = (ObjectNode) mapper.readTree(content);
            assertTrue(old.remove("trainingRows").toString().length() < 5_000);

            try (KeptModel kept = KeptModel.read(mapper.writeValueAsBytes(old))) {
                assertEquals(List.of(), kept.trainingRows());
                Map<String, Object> row =
                        Map.of("shop", "shop 1", "amount", 30.0, "items", 2, "day", LocalDate.of(2024, 5, 1));
                assertEquals(
                        10,
                        kept.predict(RawTable.of(kept.preparation().columns(), List.of(row)))
                                .get(0)
                                .value(),
                        0.1);
                Drift drift = new DriftCount(kept.trainingRows()).drift();
                assertEquals(Reading.UNKNOWN, drift.reading());
                assertTrue(drift.verdict().contains("not recorded"), drift::verdict);
            }
        }
    }
}
