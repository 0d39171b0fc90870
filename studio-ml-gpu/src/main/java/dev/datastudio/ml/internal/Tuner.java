package dev.datastudio.ml.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.ml.TrainingOptions;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.algorithm.SupportVectorMachine;
import dev.datastudio.ml.prepare.internal.Splits;
import dev.datastudio.ml.prepare.internal.Target;
import dev.datastudio.ml.spec.Task;
import dev.datastudio.ml.train.internal.Learners;
import dev.datastudio.ml.train.internal.model.Course;
import dev.datastudio.ml.tune.Budget;
import dev.datastudio.ml.tune.Try;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks for a good algorithm: all kinds with their defaults on some of the rows, a small network last where there is time
 * and PyTorch, then variants of the best kinds drawn by
 * chance, then the best of those on all rows (random search with one round of successive halving, Jamieson and Talwalkar,
 * 2016). Not thread-safe; use one a search.
 */
public final class Tuner {
    private static final int FOLDS = 3;
    private static final int FIRST_ROWS = 4_000;
    private static final int KINDS = 3;
    private static final int FINALISTS = 4;
    /** Of the time, for the first look; what is left of it is for the finalists. */
    private static final double FIRST_SHARE = 0.6;
    /** Support vectors take the square of the rows. */
    private static final int MOST_ROWS_FOR_VECTORS = 10_000;
    /** PyTorch takes a second or two to start, and a network some seconds to learn. */
    private static final Duration SHORTEST_FOR_NETWORKS = Duration.ofSeconds(10);

    private final TrainingData data;
    private final Budget budget;
    private final TrainingOptions options;
    private final List<Try> tries = new ArrayList<>();
    private final long begin = System.nanoTime();

    public Tuner(TrainingData data, Budget budget, TrainingOptions options) {
        this.data = data;
        this.budget = budget;
        this.options = options;
    }

    /** All that was tried, in order. */
    public List<Try> tries() {
        return List.copyOf(tries);
    }

    /**
     * The best algorithm.
     *
     * @throws StudioException with {@link ErrorCode#LIMIT_EXCEEDED} when the time was too short for any, {@link
     *     ErrorCode#CANCELLED}
     */
    public Algorithm best() {
        Target some = some(data.train());
        boolean isAll = some.rows().length == data.train().rows().length;
        long first = begin + (long) (budget.time().toNanos() * (isAll ? 1 : FIRST_SHARE));
        long end = begin + budget.time().toNanos();
        Task task = data.spec().task();
        for (Algorithm algorithm : Candidates.first(task)) {
            boolean isSlow = algorithm instanceof SupportVectorMachine && some.rows().length > MOST_ROWS_FOR_VECTORS;
            if (!isSlow) {
                attempt(algorithm, some, first);
            }
        }
        if (budget.time().compareTo(SHORTEST_FOR_NETWORKS) >= 0 && Learners.hasNetworks()) {
            attempt(Candidates.network(), some, first);
        }
        SplittableRandom random = new SplittableRandom(data.spec().seed());
        List<Algorithm> kinds = ranked(some.rows().length).stream()
                .map(Try::algorithm)
                .limit(KINDS)
                .toList();
        for (int i = 0; !kinds.isEmpty() && mayTry(first); i++) {
            attempt(Candidates.variant(kinds.get(i % kinds.size()), random), some, first);
        }
        if (!isAll) {
            List<Try> finalists =
                    ranked(some.rows().length).stream().limit(FINALISTS).toList();
            for (Try each : finalists) {
                if (System.nanoTime() < end) {
                    attempt(each.algorithm(), data.train(), end);
                }
            }
        }
        List<Try> decided = ranked(data.train().rows().length);
        List<Try> ranked = decided.isEmpty() ? ranked(some.rows().length) : decided;
        if (ranked.isEmpty()) {
            throw new StudioException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "No model was done within " + budget.time().toMillis() + " ms",
                    "Give more time, or fewer features or rows");
        }
        return ranked.get(0).algorithm();
    }

    private boolean mayTry(long until) {
        return System.nanoTime() < until && tries.size() < budget.maxTries();
    }

    private Target some(Target train) {
        int all = train.rows().length;
        if (all <= FIRST_ROWS) {
            return train;
        }
        Splits.Parts parts =
                Splits.random(train, FIRST_ROWS / (double) all, data.spec().seed());
        return TrainingData.part(train, parts.test());
    }

    /** Those that came to an end on so many rows, the best first. */
    private List<Try> ranked(int rows) {
        return tries.stream()
                .filter(each -> each.rows() == rows && !each.folds().isEmpty())
                .sorted(Comparator.comparingDouble(each -> -each.score()))
                .toList();
    }

    private void attempt(Algorithm algorithm, Target rows, long until) {
        if (!mayTry(until)) {
            return;
        }
        options.cancellation().throwIfCancelled();
        options.progress()
                .onProgress(new dev.datastudio.api.progress.Progress(
                        "trying " + algorithm.name(),
                        Math.min(budget.time().toMillis(), (System.nanoTime() - begin) / 1_000_000),
                        budget.time().toMillis(),
                        "ms"));
        long start = System.nanoTime();
        List<Double> folds = List.of();
        String problem = "";
        Cancellation own = Cancellation.create();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        Future<?> alarm = clock.schedule(own::cancel, Math.max(0, until - start), TimeUnit.NANOSECONDS);
        Cancellation.Registration whole = options.cancellation().onCancel(own::cancel);
        try {
            Course course =
                    new Course(own, ProgressListener.NONE, options.limits().threadsHere());
            folds = new Fitting(data, data.spec().with(algorithm), course).crossValidate(rows, FOLDS);
        } catch (StudioException e) {
            options.cancellation().throwIfCancelled();
            problem = e.code() == ErrorCode.CANCELLED ? "the time was up" : e.what();
        } finally {
            whole.close();
            alarm.cancel(false);
            clock.shutdownNow();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        tries.add(new Try(algorithm, rows.rows().length, folds, took, problem));
    }
}
