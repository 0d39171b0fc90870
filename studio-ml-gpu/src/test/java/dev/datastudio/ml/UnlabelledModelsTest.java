package dev.datastudio.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobQueue;
import dev.datastudio.api.job.JobState;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.registry.ModelCard;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.Prediction;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.Task;
import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.ml.spec.TrainingSpecJson;
import dev.datastudio.ml.train.Epoch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row A4: what is learnt without a target. */
class UnlabelledModelsTest {
    @TempDir
    Path folder;

    private record Spot(double x, double y, double z) {}

    private static Map<String, Double> onTheBow(double t, double off) {
        return Map.of("x", Math.cos(t) + off, "y", Math.sin(t), "z", Math.sin(2 * t));
    }

    @Test
    @Tag("nightly")
    void rowsOffABowAreUnusual() {
        SplittableRandom random = new SplittableRandom(6);
        String id;
        List<Prediction> before;
        // The middle of the bow has the mean of each column: no look at one column after the other finds it unusual.
        List<Map<String, Double>> rows = List.of(
                onTheBow(1, 0),
                onTheBow(2.5, 0),
                onTheBow(4, 0),
                Map.of("x", 0.0, "y", 0.0, "z", 0.0),
                onTheBow(3.1, 0.6));
        try (Studio studio = Studio.open(folder)) {
            Dataset bow = studio.datasets()
                    .importRecords("bow", IntStream.range(0, 900).mapToObj(i -> {
                        double t = random.nextDouble(0.3, 6);
                        return new Spot(
                                Math.cos(t) + random.nextDouble(-0.02, 0.02),
                                Math.sin(t) + random.nextDouble(-0.02, 0.02),
                                Math.sin(2 * t) + random.nextDouble(-0.02, 0.02));
                    }));
            TrainingSpec spec = TrainingSpecJson.parse("""
                    {"algorithm": {"type": "autoencoder", "hidden": "32,32", "code": 1, "epochs": 150,
                     "learningRate": 0.005, "patience": 40}}
                    """);

            TrainedModel model = Training.of(studio).train(bow, spec);

            assertEquals(Task.ANOMALY_DETECTION, model.spec().task());
            double error = model.evaluation().metric("reconstruction_error").value();
            double plain = model.evaluation().baseline("reconstruction_error").value();
            assertTrue(error < plain / 10, model.evaluation()::toString);
            assertTrue(model.evaluation().metric("unusual_share").value() < 0.15, model.evaluation()::toString);
            id = model.id();
            before = Models.of(studio).predict(id, rows);
            assertEquals(
                    List.of("usual", "usual", "usual", "unusual", "unusual"),
                    before.stream().map(Prediction::label).toList(),
                    before::toString);
            assertEquals(model.spec(), TrainingSpecJson.parse(TrainingSpecJson.write(model.spec())));
            assertEquals(900, Models.of(studio).predict(id, bow, "judged").rowCount());
        }
        try (Studio studio = Studio.open(folder)) {
            assertEquals(before, Models.of(studio).predict(id, rows));
        }
    }

    private record Visit(String shop, double spent, int items) {}

    @Test
    @Tag("nightly")
    void newRowsAreOfBothGroupsAndLikeThem() {
        SplittableRandom random = new SplittableRandom(6);
        try (Studio studio = Studio.open(folder)) {
            Dataset visits = studio.datasets()
                    .importRecords("visits", IntStream.range(0, 2_000).mapToObj(i -> {
                        boolean isLarge = random.nextInt(10) < 4;
                        return new Visit(
                                isLarge ? "hall" : "kiosk",
                                (isLarge ? 80 : 10) + 3 * (random.nextDouble() + random.nextDouble() - 1),
                                (isLarge ? 20 : 3) + random.nextInt(3));
                    }));
            TrainingSpec spec = TrainingSpec.without(
                    Algorithm.of("generative_network", Map.of("epochs", 80, "batch", 64, "learningRate", 0.001)));

            TrainedModel model = Training.of(studio).train(visits, spec);
            Dataset made = Models.of(studio).generate(model.id(), 1_000, 5, "made visits");

            List<List<Object>> groups = studio.query(
                            List.of(made),
                            "SELECT shop, count(*), avg(spent), avg(items), min(spent), max(spent) FROM made_visits"
                                    + " GROUP BY shop ORDER BY shop")
                    .rows();
            assertEquals(2, groups.size(), groups::toString);
            assertEquals("hall", groups.get(0).get(0));
            assertTrue(((Number) groups.get(0).get(1)).intValue() > 250, groups::toString);
            assertTrue(((Number) groups.get(1).get(1)).intValue() > 400, groups::toString);
            assertEquals(80, ((Number) groups.get(0).get(2)).doubleValue(), 5, groups::toString);
            assertEquals(10, ((Number) groups.get(1).get(2)).doubleValue(), 5, groups::toString);
            assertEquals(21, ((Number) groups.get(0).get(3)).doubleValue(), 2, groups::toString);
            assertEquals(4, ((Number) groups.get(1).get(3)).doubleValue(), 2, groups::toString);
            assertTrue(model.evaluation().metric("mean_gap").value() < 0.15, model.evaluation()::toString);
            assertTrue(model.evaluation().metric("size_gap").value() < 0.2, model.evaluation()::toString);
            Dataset again = Models.of(studio).generate(model.id(), 1_000, 5, "made again");
            assertEquals(
                    List.of(List.of(0L)),
                    studio.query(
                                    List.of(made, again),
                                    "SELECT count(*) FROM (SELECT * FROM made_visits EXCEPT SELECT * FROM made_again)")
                            .rows());
        }
    }

    @Test
    void whatCannotBeMadeSaysWhy() {
        try (Studio studio = Studio.inMemory()) {
            Dataset rows = studio.datasets()
                    .importRecords("rows", IntStream.range(0, 60).mapToObj(i -> new Spot(i, i % 7, i % 3)));
            TrainingSpec spec =
                    TrainingSpec.without(Algorithm.of("generative_network", Map.of("epochs", 2, "learningRate", 0.05)));
            TrainedModel model = Training.of(studio).train(rows, spec);
            TrainedModel usual = Training.of(studio)
                    .train(rows, TrainingSpec.without(Algorithm.of("autoencoder", Map.of("epochs", 1))));
            Models models = Models.of(studio);

            assertEquals(model, models.get(model.id()));
            Dataset three = models.generate(model.id(), 3, 1, "three");
            assertEquals(3, three.rowCount());
            assertEquals(
                    List.of(
                            "The rows were made by the model 'rows: generative_network', version 1, seed 1: none of them is"
                                    + " real."),
                    three.warnings());
            assertEquals(2, models.generate(model.id(), 3, 2, "three").version());
            Dataset many = models.generate(model.id(), 2_000, 1, "many");
            assertEquals( // what the network gives has no bounds
                    List.of(List.of(0.0, 2.0)),
                    studio.query(List.of(many), "SELECT min(z), max(z) FROM many")
                            .rows());
            String card = ModelCard.of(model);
            assertTrue(card.contains("generate(\"" + model.id()) && !card.contains("row.put("), card);
            assertTrue(card.contains("none of the rows that it makes is real"), card);
            for (org.junit.jupiter.api.function.Executable wrong : List.<org.junit.jupiter.api.function.Executable>of(
                    () -> models.generate(usual.id(), 3, 1, "none"),
                    () -> models.generate(model.id(), 0, 1, "none"),
                    () -> models.generate(model.id(), 1_000_001, 1, "none"),
                    () -> models.generate(model.id(), 3, 1, "rows"), // nobody takes them for the real ones
                    () -> models.predict(model.id(), Map.of("x", 1, "y", 1, "z", 1)),
                    () -> TrainingSpec.predicting("x").with(spec.algorithm()),
                    () -> TrainingSpec.without(Algorithm.of("random_forest", Map.of())))) {
                assertEquals(
                        ErrorCode.INVALID_ARGUMENT,
                        assertThrows(StudioException.class, wrong).code());
            }
        }
    }

    /** Rows are made by the mean of many steps of one network against another: all of them must be as they were. */
    @Test
    void aMakerOfRowsGoesOnAsOneThatNeverStopped() {
        SplittableRandom random = new SplittableRandom(8);
        try (Studio studio = Studio.open(folder)) {
            Dataset spots = studio.datasets()
                    .importRecords("spots", IntStream.range(0, 200).mapToObj(i -> {
                        double x = random.nextDouble();
                        return new Spot(x, 1 - x, random.nextDouble());
                    }));
            TrainingSpec spec = TrainingSpec.without(
                    Algorithm.of("generative_network", Map.of("hidden", "8,8", "noise", 4, "epochs", 9)));
            TrainedModel whole = Training.of(studio).train(spots, spec);
            DeepModelsTest.Kept kept = new DeepModelsTest.Kept(4);
            List<Epoch> told = new ArrayList<>();

            assertThrows(
                    CancellationException.class,
                    () -> Training.of(studio).train(spots, spec, TrainingOptions.DEFAULT.keeping(kept)));
            TrainedModel rest = Training.of(studio)
                    .train(spots, spec, TrainingOptions.DEFAULT.keeping(kept).tellingEpochs(told::add));

            assertEquals(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9), kept.after); // none was learnt again
            assertEquals(whole.history(), told);
            assertEquals(whole.history(), rest.history());
            assertEquals(made(studio, whole), made(studio, rest));
            StudioException other = assertThrows(
                    StudioException.class,
                    () -> Training.of(studio).train(spots, spec.seeded(9), TrainingOptions.DEFAULT.keeping(kept)));
            assertEquals(ErrorCode.CHECKPOINT_DAMAGED, other.code());
        }
    }

    private static List<List<Object>> made(Studio studio, TrainedModel model) {
        Dataset made = Models.of(studio).generate(model.id(), 50, 3, "made by " + model.id());
        return studio.query(List.of(made), "SELECT * FROM " + made.table()).rows();
    }

    @Test
    @SuppressWarnings("try") // the watch is only to be ended
    void rowsAreMadeInTheBackground() throws InterruptedException {
        try (Studio studio = Studio.inMemory()) {
            Dataset rows = studio.datasets()
                    .importRecords("rows", IntStream.range(0, 60).mapToObj(i -> new Spot(i, i % 7, i % 3)));
            TrainedModel model = Training.of(studio)
                    .train(rows, TrainingSpec.without(Algorithm.of("generative_network", Map.of("epochs", 1))));
            TrainingJobs jobs = TrainingJobs.of(studio);
            JobQueue queue = studio.jobs();

            JobId few = jobs.submitGeneration(studio.caller(), model.id(), 30, 7, "few");
            Job done = queue.await(studio.caller(), few, Duration.ofMinutes(2));
            JobId many = jobs.submitGeneration(studio.caller(), model.id(), Models.MOST_MADE, 7, "many");
            CountDownLatch begun = new CountDownLatch(1);
            try (Cancellation.Registration watch =
                    queue.watch(studio.caller(), many, job -> job.progress().ifPresent(told -> begun.countDown()))) {
                assertTrue(begun.await(2, TimeUnit.MINUTES));
            }
            queue.cancel(studio.caller(), many);
            Job stopped = queue.await(studio.caller(), many, Duration.ofSeconds(30));

            assertEquals(30, studio.datasets().find("few").orElseThrow().rowCount(), done::toString);
            assertEquals(JobState.CANCELLED, stopped.state());
            assertTrue(studio.datasets().find("many").isEmpty());
            Caller eve = new Caller(studio.caller().tenant(), "eve");
            assertEquals(
                    ErrorCode.TRAINED_MODEL_NOT_FOUND,
                    assertThrows(StudioException.class, () -> jobs.submitGeneration(eve, model.id(), 0, 7, "few"))
                            .code());
        }
    }

    @Test
    void modelsWithoutATargetAreTrainedInTheBackground() {
        SplittableRandom random = new SplittableRandom(8);
        try (Studio studio = Studio.inMemory()) {
            Dataset spots = studio.datasets()
                    .importRecords(
                            "spots",
                            IntStream.range(0, 60)
                                    .mapToObj(i -> new Spot(random.nextDouble(), random.nextDouble(), 0.5 * i)));
            TrainingSpec spec =
                    TrainingSpec.without(Algorithm.of("autoencoder", Map.of("hidden", "4", "code", 2, "epochs", 2)));
            TrainingJobs jobs = TrainingJobs.of(studio);

            JobId id = jobs.submit(studio.caller(), TrainingRequest.of(spots, spec));
            studio.jobs().await(studio.caller(), id, Duration.ofMinutes(2));

            TrainedModel model = jobs.model(studio.caller(), id).orElseThrow();
            assertEquals(Task.ANOMALY_DETECTION, model.spec().task());
            assertTrue(Double.isFinite(
                    model.evaluation().baseline("reconstruction_error").value()));
            assertTrue(model.evaluation().beside("unusual_share").isEmpty());
            assertTrue(ModelCard.of(model).contains("nusual share | "), () -> ModelCard.of(model));
        }
    }
}
