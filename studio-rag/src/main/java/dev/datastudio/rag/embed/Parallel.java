package dev.datastudio.rag.embed;

import dev.datastudio.api.progress.Cancellation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Maps a list on several threads. The caller's own thread takes part, so that a call always gets on, however many others
 * there are. Thread-safe.
 */
final class Parallel {
    /** As many threads as there are cores, of which one is the caller's. */
    static final Parallel SHARED = new Parallel(
            helpers(Runtime.getRuntime().availableProcessors() - 1),
            Runtime.getRuntime().availableProcessors() - 1);

    private static final long IDLE_SECONDS = 10;

    private final Executor helpers;
    private final int most;

    /** @param most how many helpers a call may take, from 0 */
    Parallel(Executor helpers, int most) {
        this.helpers = helpers;
        this.most = most;
    }

    /** Threads that end when they are idle and keep no program from ending. */
    private static Executor helpers(int most) {
        if (most == 0) {
            return Runnable::run;
        }
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "studio-embed");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /**
     * The results in the order of the items. When one fails, those that were not begun are left out.
     *
     * @throws dev.datastudio.api.error.StudioException CANCELLED if the calling thread is interrupted
     */
    <T, R> List<R> map(List<T> items, Function<T, R> work) {
        return map(items, work, Cancellation.none());
    }

    /** As {@link #map(List, Function)}; no item is begun after it was cancelled. */
    <T, R> List<R> map(List<T> items, Function<T, R> work, Cancellation cancellation) {
        Function<T, R> watched = item -> {
            cancellation.throwIfCancelled();
            return work.apply(item);
        };
        Call<T, R> call = new Call<>(items, watched);
        for (int i = 0; i < Math.min(most, items.size() - 1); i++) {
            helpers.execute(call);
        }
        call.run();
        return call.results();
    }

    /** One call, run by several threads at once; each takes the next item until there is none. */
    private static final class Call<T, R> implements Runnable {
        private final List<T> items;
        private final Function<T, R> work;
        private final List<@Nullable R> results;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        private final CountDownLatch open;

        Call(List<T> items, Function<T, R> work) {
            this.items = items;
            this.work = work;
            this.results = new ArrayList<>(Collections.nCopies(items.size(), null));
            this.open = new CountDownLatch(items.size());
        }

        @Override
        public void run() {
            for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
                try {
                    if (failure.get() == null) {
                        results.set(i, work.apply(items.get(i)));
                    }
                } catch (RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                } finally {
                    open.countDown();
                }
            }
        }

        @SuppressWarnings("NullAway") // without a failure every place was set before its count went down
        List<R> results() {
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure.compareAndSet(null, e);
                throw Cancellation.cancelledError();
            }
            Throwable failed = failure.get();
            if (failed instanceof Error error) {
                throw error;
            }
            if (failed instanceof RuntimeException error) {
                throw error;
            }
            return new ArrayList<>(results);
        }
    }
}
