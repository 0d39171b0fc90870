package dev.datastudio.ml.train.internal;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.progress.ProgressListener;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** How a fit goes: who stops it, who is told, and on how many threads. Thread-safe. */
public final class Course {
    private final Cancellation cancellation;
    private final ProgressListener listener;
    private final int threads;

    public Course(Cancellation cancellation, ProgressListener listener, int threads) {
        this.cancellation = cancellation;
        this.listener = listener;
        this.threads = threads;
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
