package dev.datastudio.ml.train.internal.model;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.ml.train.Checkpoints;
import dev.datastudio.ml.train.Epoch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** How a fit goes: who stops it, who is told, and on how many threads. Thread-safe. */
public final class Course {
    private static final String CPU = "cpu";

    private final Cancellation cancellation;
    private final ProgressListener listener;
    private final int threads;
    private final Checkpoints checkpoints;
    private final Consumer<Epoch> epochs;
    private final List<Epoch> history = new ArrayList<>();
    private String device = CPU;

    public Course(Cancellation cancellation, ProgressListener listener, int threads) {
        this(cancellation, listener, threads, Checkpoints.NONE, epoch -> {});
    }

    public Course(
            Cancellation cancellation,
            ProgressListener listener,
            int threads,
            Checkpoints checkpoints,
            Consumer<Epoch> epochs) {
        this.cancellation = cancellation;
        this.listener = listener;
        this.threads = threads;
        this.checkpoints = checkpoints;
        this.epochs = epochs;
    }

    /** The same, but nothing of it is kept or told as a part of the history: for a model that is only judged. */
    public Course trial() {
        return new Course(cancellation, listener, threads);
    }

    /** Where what was learnt so far is left. */
    public Checkpoints checkpoints() {
        return checkpoints;
    }

    /** Tells a pass over the training rows. */
    public synchronized void passed(Epoch epoch) {
        history.add(epoch);
        epochs.accept(epoch);
    }

    /** Takes up the passes of before the process ended, and tells them to who follows this one. */
    public synchronized void passedBefore(List<Epoch> before) {
        history.addAll(before);
        before.forEach(epochs);
    }

    /** All passes so far. */
    public synchronized List<Epoch> history() {
        return List.copyOf(history);
    }

    /** Says what is really trained on. */
    public synchronized void on(String used) {
        device = used;
    }

    /** What was really trained on: {@code cpu} or {@code gpu:0}. */
    public synchronized String device() {
        return device;
    }

    /** How many threads may work at once. */
    public int threads() {
        return threads;
    }

    /** Ends the fit when it was cancelled. */
    public void check() {
        cancellation.throwIfCancelled();
    }

    /** Has something done when the fit is cancelled, on the thread that cancels it; at once when it is already. */
    public Cancellation.Registration onCancel(Runnable action) {
        return cancellation.onCancel(action);
    }

    /** Tells how far it is; ends the fit when it was cancelled. */
    public synchronized void at(String what, long done, long total, String unit) {
        check();
        listener.onProgress(new Progress(what, done, total, unit));
    }

    /** Does something for each number below {@code count}, on several threads; which does which tells nothing. */
    public void each(int count, IntConsumer work) {
        if (threads == 1 || count < 2) {
            IntStream.range(0, count).forEach(i -> {
                check();
                work.accept(i);
            });
            return;
        }
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            pool.submit(() -> IntStream.range(0, count).parallel().forEach(i -> {
                        check();
                        work.accept(i);
                    }))
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.util.concurrent.CancellationException("interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
