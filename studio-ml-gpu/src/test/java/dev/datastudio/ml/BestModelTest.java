package dev.datastudio.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.ml.tune.Budget;
import dev.datastudio.ml.tune.Try;
import dev.datastudio.ml.tune.Tuned;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Row A25. */
class BestModelTest {
    private record Point(double x, double y, double noise, String side) {}

    /** Whether a point lies in a ring, which no straight line tells. */
    private static Dataset ring(Studio studio) {
        SplittableRandom random = new SplittableRandom(3);
        return studio.datasets().importRecords("ring", IntStream.range(0, 600).mapToObj(i -> {
            double x = random.nextDouble(-1, 1);
            double y = random.nextDouble(-1, 1);
            return new Point(x, y, random.nextDouble(), Math.hypot(x, y) < 0.75 ? "in" : "out");
        }));
    }

    @Test
    void findsWhatNoStraightLineTellsAndShowsAllTries() {
        try (Studio studio = Studio.inMemory()) {
            Tuned tuned = Training.of(studio).best(ring(studio), "side", new Budget(Duration.ofMinutes(2), 8));

            assertEquals(8, tuned.tries().size());
            Try best = tuned.tries().stream()
                    .reduce((a, b) -> a.score() >= b.score() ? a : b)
                    .orElseThrow();
            assertEquals(best.algorithm(), tuned.model().spec().algorithm());
            Try line = tuned.tries().get(0);
            assertEquals("logistic_regression", line.algorithm().name());
            Try network = tuned.tries().get(7);
            assertEquals("multilayer_perceptron", network.algorithm().name());
            assertEquals(3, network.folds().size(), network::toString);
            assertTrue(network.score() > 0.9, network::toString);
            assertTrue(best.score() > line.score() + 0.2, tuned.tries()::toString);
            assertTrue(tuned.model().evaluation().metric("accuracy").value() > 0.9, tuned.model()::toString);
        }
    }

    @Test
    void aBudgetThatIsTooShortIsSaidAndKeepsNothing() {
        try (Studio studio = Studio.inMemory()) {
            Dataset ring = ring(studio);
            StudioException error = assertThrows(
                    StudioException.class,
                    () -> Training.of(studio).best(ring, "side", Budget.of(Duration.ofNanos(1))));

            assertEquals(ErrorCode.LIMIT_EXCEEDED, error.code());
            assertTrue(Models.of(studio).list().isEmpty());
        }
    }

    /** Also while PyTorch starts or a network learns. */
    @Test
    void aSearchEndsSoonAfterItIsCancelledWhileANetworkIsTried() {
        Duration second = Duration.ofSeconds(1);
        Duration took = cancelled();
        for (int more = 2; more > 0 && took.compareTo(second) >= 0; more--) {
            took = cancelled(); // the machine may have been busy with something else
        }
        assertTrue(took.compareTo(second) < 0, "took " + took);
    }

    /** Cancels a search while it tries a network, and tells how long it went on. */
    private static Duration cancelled() {
        try (Studio studio = Studio.inMemory()) {
            Dataset ring = ring(studio);
            Cancellation cancellation = Cancellation.create();
            AtomicLong cancelled = new AtomicLong();
            TrainingOptions options = TrainingOptions.DEFAULT
                    .stoppedBy(cancellation)
                    .telling(progress -> {
                        if (progress.stage().equals("trying multilayer_perceptron")) {
                            CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS)
                                    .execute(() -> {
                                        cancelled.set(System.nanoTime());
                                        cancellation.cancel();
                                    });
                        }
                    });

            StudioException error = assertThrows(
                    StudioException.class,
                    () -> Training.of(studio)
                            .best(
                                    ring,
                                    TrainingSpec.predicting("side"),
                                    new Budget(Duration.ofMinutes(2), 1_000),
                                    options));

            assertEquals(ErrorCode.CANCELLED, error.code());
            return Duration.ofNanos(System.nanoTime() - cancelled.get());
        }
    }
}
