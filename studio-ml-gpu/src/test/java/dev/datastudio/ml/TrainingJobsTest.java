package dev.datastudio.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobRequest;
import dev.datastudio.api.job.JobState;
import dev.datastudio.api.job.QueueName;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.job.JobOptions;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.algorithm.DeepAlgorithm;
import dev.datastudio.ml.algorithm.MultilayerPerceptron;
import dev.datastudio.ml.algorithm.internal.Parameters;
import dev.datastudio.ml.explore.ExploringJobs;
import dev.datastudio.ml.explore.Finding;
import dev.datastudio.ml.internal.JobCheckpoints;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.ml.train.Epoch;
import dev.datastudio.ml.tune.Budget;
import dev.datastudio.ml.tune.Tuned;
import dev.datastudio.testkit.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trainings in the background (A3, A6). */
class TrainingJobsTest {
    private static final Duration STOP = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private record Item(double size, double age, double weight, double noise, double price, String grade) {}

    static Dataset items(Studio studio, int rows) {
        SplittableRandom random = new SplittableRandom(5);
        return studio.datasets().importRecords("items", IntStream.range(0, rows).mapToObj(i -> {
            double size = random.nextDouble(30);
            double age = random.nextDouble(30);
            double weight = random.nextDouble(10);
            double noise = random.nextDouble();
            double price = size * 3 + age * age / 10 + noise;
            return new Item(size, age, weight, random.nextDouble(), price, price > 60 ? "high" : "low");
        }));
    }

    private static JobState await(Studio studio, JobId id) {
        return studio.jobs().await(studio.caller(), id, PATIENCE).state();
    }

    private static TrainingRequest longOne(Dataset items) {
        TrainingSpec forest =
                TrainingSpec.predicting("price").with(Algorithm.of("random_forest", Map.of("trees", 2_000)));
        return TrainingRequest.of(items, forest);
    }

    @Test
    void aModelIsTrainedInTheBackgroundAsInTheForeground() {
        try (Studio studio = Studio.inMemory()) {
            Dataset items = items(studio, 500);
            TrainingJobs jobs = TrainingJobs.of(studio);
            TrainingSpec spec = TrainingSpec.predicting("price");
            JobId id = jobs.submit(
                    studio.caller(),
                    TrainingRequest.of(items, spec).named("prices").described("What an item costs."));

            Job job = studio.jobs().await(studio.caller(), id, PATIENCE);

            assertEquals(JobState.SUCCEEDED, job.state(), job::toString);
            assertEquals(QueueName.TRAINING, job.request().queue());
            TrainedModel model = jobs.model(studio.caller(), id).orElseThrow();
            assertEquals(TrainingJobs.modelOf(id), model.id());
            assertEquals("prices", model.name());
            assertEquals("What an item costs.", model.description());
            assertEquals(Training.of(studio).train(items, spec).evaluation(), model.evaluation());
        }
    }

    @Test
    void theBestOfManyIsKeptWithAllThatWasTried() {
        try (Studio studio = Studio.inMemory()) {
            TrainingJobs jobs = TrainingJobs.of(studio);
            TrainingRequest best = TrainingRequest.of(items(studio, 300), TrainingSpec.predicting("grade"))
                    .bestWithin(new Budget(Duration.ofMinutes(1), 3));
            JobId id = jobs.submit(studio.caller(), best);

            assertEquals(JobState.SUCCEEDED, await(studio, id));

            Tuned tuned = jobs.tuned(studio.caller(), id).orElseThrow();
            assertEquals(3, tuned.tries().size());
            assertTrue(tuned.tries().stream()
                    .anyMatch(
                            each -> each.algorithm().equals(tuned.model().spec().algorithm())));
        }
    }

    @Test
    void aDataSetIsPredictedInTheBackground() {
        try (Studio studio = Studio.inMemory()) {
            Dataset items = items(studio, 400);
            TrainedModel model = Training.of(studio).train(items, TrainingSpec.predicting("grade"));
            JobId id = TrainingJobs.of(studio).submitPrediction(studio.caller(), model.id(), items, "graded");

            assertEquals(JobState.SUCCEEDED, await(studio, id));

            Dataset graded = studio.datasets().find("graded").orElseThrow();
            assertEquals(400, graded.rowCount());
            assertEquals(
                    ErrorCode.JOB_NOT_FOUND,
                    assertThrows(
                                    StudioException.class,
                                    () -> TrainingJobs.of(studio).model(studio.caller(), id))
                            .code());
        }
    }

    /** Two run, a third waits, other queues go on, and all of them end soon after they are cancelled. */
    @Test
    void trainingsLeaveRoomForOthersAndAreCancelled() throws Exception {
        JobOptions two = JobOptions.DEFAULT.withWorkers(QueueName.TRAINING, 2);
        try (Studio studio = Studio.builder().temporary().jobOptions(two).build()) {
            Dataset items = items(studio, 20_000);
            TrainingJobs jobs = TrainingJobs.of(studio);
            studio.jobs().handle("other", job -> "{}");
            List<JobId> trainings = IntStream.range(0, 3)
                    .mapToObj(i -> jobs.submit(studio.caller(), longOne(items)))
                    .toList();
            for (JobId id : trainings.subList(0, 2)) {
                awaitStage(studio, id, "growing trees");
            }

            JobId other = studio.jobs()
                    .submit(studio.caller(), JobRequest.of("other", "{}").in(QueueName.ANALYSIS));

            assertEquals(JobState.SUCCEEDED, await(studio, other));
            assertEquals(
                    List.of(JobState.RUNNING, JobState.RUNNING, JobState.QUEUED),
                    trainings.stream()
                            .map(id -> studio.jobs().get(studio.caller(), id).state())
                            .toList());
            trainings.forEach(id -> studio.jobs().cancel(studio.caller(), id));
            for (JobId id : trainings) {
                assertEquals(JobState.CANCELLED, await(studio, id));
                assertEquals(
                        ErrorCode.CANCELLED,
                        assertThrows(StudioException.class, () -> jobs.model(studio.caller(), id))
                                .code());
            }
            assertEquals(List.of(), Models.of(studio).list());
        }
    }

    @SuppressWarnings("try") // the watch is only to be ended
    private static void awaitStage(Studio studio, JobId id, String stage) throws Exception {
        CompletableFuture<Void> seen = new CompletableFuture<>();
        try (Cancellation.Registration watch = studio.jobs().watch(studio.caller(), id, job -> {
            if (job.progress().filter(each -> each.stage().equals(stage)).isPresent()) {
                seen.complete(null);
            } else if (job.state().isFinal()) {
                seen.completeExceptionally(new AssertionError(job.toString()));
            }
        })) {
            seen.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    static List<Algorithm> slowOnes() {
        List<Algorithm> all = new ArrayList<>();
        for (Class<? extends Record> kind : Algorithm.KINDS) {
            String name = Parameters.nameOf(kind);
            if (DeepAlgorithm.class.isAssignableFrom(kind) && kind != MultilayerPerceptron.class) {
                continue; // all of them are trained by the same loop
            }
            all.add(
                    switch (name) {
                        case "random_forest" -> Algorithm.of(name, Map.of("trees", 2_000));
                        case "gradient_boosting", "xg_boost" -> Algorithm.of(name, Map.of("rounds", 5_000));
                        case "support_vector_machine" -> Algorithm.of(name, Map.of("maxRows", 200_000, "cost", 1e4));
                        case "multilayer_perceptron" -> Algorithm.of(name, Map.of("epochs", 1_000));
                        case "linear_regression" -> Algorithm.of(name, Map.of("penalty", "lasso"));
                        default -> Algorithm.of(name, Map.of());
                    });
        }
        return all;
    }

    /** Also what has no steps of its own, such as the search for neighbours, and whatever comes after the fit. */
    @ParameterizedTest
    @MethodSource("slowOnes")
    void everyAlgorithmStopsWithinASecond(Algorithm algorithm) throws Exception {
        Duration took = cancelled(algorithm);
        for (int more = 2; more > 0 && took.compareTo(STOP) >= 0; more--) {
            took = cancelled(algorithm); // the machine may have been busy with something else
        }
        assertTrue(took.compareTo(STOP) < 0, "took " + took);
    }

    /** Cancels a training while it fits, and tells how long it went on. */
    private static Duration cancelled(Algorithm algorithm) throws Exception {
        try (Studio studio = Studio.inMemory()) {
            Dataset items = items(studio, 40_000);
            String target = algorithm.name().equals("logistic_regression") ? "grade" : "price";
            Cancellation cancellation = Cancellation.create();
            CountDownLatch fitting = new CountDownLatch(1);
            TrainingOptions options = TrainingOptions.DEFAULT
                    .stoppedBy(cancellation)
                    .telling(progress -> {
                        if (progress.stage().startsWith("fitting")) {
                            fitting.countDown();
                        }
                    });
            AtomicLong ended = new AtomicLong();
            CompletableFuture<TrainedModel> training = CompletableFuture.supplyAsync(() -> {
                try {
                    return Training.of(studio)
                            .train(items, TrainingSpec.predicting(target).with(algorithm), options);
                } finally {
                    ended.set(System.nanoTime());
                }
            });
            assertTrue(fitting.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));

            long asked = System.nanoTime();
            cancellation.cancel();

            Throwable why = training.handle((model, failure) -> failure).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertEquals(ErrorCode.CANCELLED, ((StudioException) Objects.requireNonNull(why.getCause())).code());
            assertEquals(List.of(), Models.of(studio).list());
            return Duration.ofNanos(ended.get() - asked);
        }
    }

    @Test
    void whatTakesTooMuchMemoryIsRefusedWithTheNumbers() {
        try (Studio studio = Studio.inMemory()) {
            TrainingRequest asked = TrainingRequest.of(items(studio, 5_000), TrainingSpec.predicting("price"))
                    .within(TrainingLimits.NONE.withMemoryBytes(500_000));
            JobId id = TrainingJobs.of(studio).submit(studio.caller(), asked);

            Job job = studio.jobs().await(studio.caller(), id, PATIENCE);

            assertEquals(JobState.FAILED, job.state());
            assertEquals(ErrorCode.LIMIT_EXCEEDED, job.error().orElseThrow().code());
            assertEquals(
                    "5000 rows of 6 columns are estimated to need 1 MiB, more than the 1 MiB that a training may take here",
                    job.error().orElseThrow().what());
        }
    }

    @Test
    void aTrainingThatTakesTooLongFails() {
        try (Studio studio = Studio.inMemory()) {
            TrainingRequest asked = longOne(items(studio, 20_000)).within(Duration.ofSeconds(1));
            JobId id = TrainingJobs.of(studio).submit(studio.caller(), asked);

            Job job = studio.jobs().await(studio.caller(), id, PATIENCE);

            assertEquals(ErrorCode.LIMIT_EXCEEDED, job.error().orElseThrow().code(), job::toString);
            assertEquals(List.of(), Models.of(studio).list());
        }
    }

    @Test
    void whatIsWrongIsSaidBeforeItWaits() {
        try (Studio studio = Studio.inMemory()) {
            Dataset items = items(studio, 50);
            TrainingJobs jobs = TrainingJobs.of(studio);

            StudioException target = assertThrows(
                    StudioException.class,
                    () -> jobs.submit(studio.caller(), TrainingRequest.of(items, TrainingSpec.predicting("prise"))));
            StudioException feature = assertThrows(
                    StudioException.class,
                    () -> jobs.submit(
                            studio.caller(),
                            TrainingRequest.of(
                                    items, TrainingSpec.predicting("price").from("sise"))));

            assertEquals(ErrorCode.UNKNOWN_COLUMN, target.code());
            assertEquals(ErrorCode.UNKNOWN_COLUMN, feature.code());
        }
    }

    @Test
    void othersHaveNoneOfIt() {
        try (Studio studio = Studio.inMemory()) {
            Dataset items = items(studio, 100);
            TrainingJobs jobs = TrainingJobs.of(studio);
            TrainingRequest asked = TrainingRequest.of(items, TrainingSpec.predicting("price"));
            JobId id = jobs.submit(studio.caller(), asked);
            await(studio, id);
            String model = TrainingJobs.modelOf(id);
            for (Caller other : List.of(
                    new Caller(studio.caller().tenant(), "eve"),
                    new Caller("rivals", studio.caller().user()))) {
                assertEquals(
                        ErrorCode.DATASET_NOT_FOUND,
                        assertThrows(StudioException.class, () -> jobs.submit(other, asked))
                                .code());
                assertEquals(
                        ErrorCode.JOB_NOT_FOUND,
                        assertThrows(StudioException.class, () -> jobs.model(other, id))
                                .code());
                StudioException predicting =
                        assertThrows(StudioException.class, () -> jobs.submitPrediction(other, model, items, "stolen"));
                assertEquals(ErrorCode.DATASET_NOT_FOUND, predicting.code());
            }
        }
    }

    /**
     * A training and an exploration are lost after their models were kept but before their jobs could say so, another training
     * in its midst: the first two are done without a second model, the other begins again.
     */
    @Test
    void aKilledProcessLosesNoTrainingAndKeepsNoModelTwice() throws Exception {
        String[] ids = killed(KilledTraining.class).split(" ", -1);

        try (Studio studio = Studio.open(folder)) {
            List<TrainedModel> before = Models.of(studio).list();
            assertEquals(2, before.size());
            TrainingJobs jobs = TrainingJobs.of(studio);
            ExploringJobs explorations = ExploringJobs.of(studio);
            JobId explored = new JobId(ids[2]);
            assertEquals(JobState.SUCCEEDED, await(studio, explored));
            assertEquals(2, studio.jobs().get(studio.caller(), explored).attempt());
            Finding found = explorations.finding(studio.caller(), explored).orElseThrow();
            TrainedModel groups = Models.of(studio).get(found.model().orElseThrow());
            assertTrue(before.contains(groups), groups::toString);
            assertEquals(1, studio.datasets().get(found.kept().orElseThrow()).version());
            for (String id : List.of(ids[0], ids[1])) {
                assertEquals(JobState.SUCCEEDED, await(studio, new JobId(id)), id);
                assertEquals(
                        2, studio.jobs().get(studio.caller(), new JobId(id)).attempt(), id);
                assertEquals(
                        1,
                        jobs.model(studio.caller(), new JobId(id)).orElseThrow().version());
            }
            assertEquals(3, Models.of(studio).list().size());
        }
    }

    /** What is learnt in a process that was killed is not learnt again, and the model is as if it had never been. */
    @Test
    void aKilledDeepTrainingGoesOnAtItsLastKeptEpoch() throws Exception {
        JobId id = new JobId(killed(KilledDeepTraining.class));
        String model = TrainingJobs.modelOf(id);

        try (Studio studio = Studio.open(folder)) {
            int kept = keptEpochs(studio, model);
            TrainingJobs jobs = TrainingJobs.of(studio);
            List<Epoch> learnt = jobs.epochs(studio.caller(), id);
            while (learnt.size() <= kept
                    && !studio.jobs().get(studio.caller(), id).state().isFinal()) {
                Thread.onSpinWait(); // no event tells of an epoch
                learnt = jobs.epochs(studio.caller(), id);
            }

            assertEquals(JobState.SUCCEEDED, await(studio, id));

            assertTrue(kept >= 3 && kept < KilledDeepTraining.EPOCHS, () -> kept + " epochs were kept");
            int shown = learnt.size();
            assertTrue(shown > kept, () -> shown + " epochs were shown behind " + kept);
            assertEquals(2, studio.jobs().get(studio.caller(), id).attempt());
            TrainedModel rest = jobs.model(studio.caller(), id).orElseThrow();
            assertEquals(List.of(rest), Models.of(studio).list());
            assertEquals(0, keptEpochs(studio, model));
            Dataset items = studio.datasets().find("items").orElseThrow();
            TrainedModel whole = Training.of(studio).train(items, KilledDeepTraining.spec());
            assertEquals(KilledDeepTraining.EPOCHS, whole.history().size());
            assertEquals(whole.history(), rest.history());
            assertEquals(whole.history().subList(0, shown), learnt);
            assertEquals(whole.evaluation(), rest.evaluation());
            assertArrayEquals(content(studio, whole.id()), content(studio, model));
        }
    }

    /** How many epochs the checkpoint of a training holds; 0 where there is none. */
    static int keptEpochs(Studio studio, String model) {
        return new JobCheckpoints(studio.artifacts(), studio.caller(), model)
                .last()
                .map(state -> ByteBuffer.wrap(state).getInt(36)) // behind the form and the fingerprint
                .orElse(0);
    }

    private static byte[] content(Studio studio, String model) throws IOException {
        ArtifactKey key = ArtifactKey.of(studio.caller()).resolve("models/" + model + "/model.json");
        try (InputStream in = studio.artifacts().open(key)) {
            return in.readAllBytes();
        }
    }

    /** Runs a program until it says {@code training …}, kills it there, and gives what it said. */
    private String killed(Class<?> program) throws Exception {
        Process child = new ProcessBuilder(JavaCommand.of(program, folder.toString()))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            return awaitLine(lines, "training ");
        } finally {
            child.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
        }
    }

    private static String awaitLine(BufferedReader lines, String beginning) throws IOException {
        StringBuilder others = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length());
            }
            others.append(line).append('\n');
        }
        throw new AssertionError("The process ended without '" + beginning + "': " + others);
    }

    @Test
    void aRequestSurvivesTheQueue() {
        try (Studio studio = Studio.inMemory()) {
            Dataset items = items(studio, 50);
            TrainingRequest asked = TrainingRequest.of(items, TrainingSpec.predicting("price"))
                    .named("n")
                    .described("d")
                    .bestWithin(new Budget(Duration.ofMillis(1500), 7))
                    .within(Duration.ofMinutes(3))
                    .within(new TrainingLimits(2, 1_000));

            assertEquals(
                    asked,
                    dev.datastudio.ml.internal.TrainingJobJson.read(
                            dev.datastudio.ml.internal.TrainingJobJson.write(asked)));
            assertFalse(asked.budget().isEmpty());
            assertThrows(IllegalArgumentException.class, () -> asked.within(Duration.ofSeconds(1)));
        }
    }
}
