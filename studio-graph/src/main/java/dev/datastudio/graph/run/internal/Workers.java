package dev.datastudio.graph.run.internal;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Where runs and parallel tasks go. Thread-safe. */
public final class Workers implements AutoCloseable {
    public static final int POOL_SIZE = 256;

    private static final int FIRST_VERSION_WITH_VIRTUAL_THREADS = 21;
    private static final long IDLE_SECONDS = 10;
    private static final String THREAD_NAME = "studio-graph-";

    private final int maxHelpers;
    private @Nullable ExecutorService own;
    private volatile @Nullable Executor executor;
    private boolean closed;

    private Workers(@Nullable Executor executor, int maxConcurrency) {
        this.executor = executor;
        this.maxHelpers = maxConcurrency - 1;
    }

    /** Threads of its own, closed with it; made when the first is needed, as that takes a new process 13 ms. */
    public static Workers own(int maxConcurrency) {
        return new Workers(null, maxConcurrency);
    }

    /** Threads of someone else. */
    public static Workers on(Executor executor, int maxConcurrency) {
        return new Workers(executor, maxConcurrency);
    }

    public void execute(Runnable run) {
        executor().execute(run);
    }

    private Executor executor() {
        Executor known = executor;
        return known != null ? known : made();
    }

    private synchronized Executor made() {
        ExecutorService made = own;
        if (made == null) {
            made = Runtime.version().feature() >= FIRST_VERSION_WITH_VIRTUAL_THREADS ? virtualThreads() : pool();
            own = made;
            executor = made;
            if (closed) {
                made.shutdown();
            }
        }
        return made;
    }

    /** How many threads beside the driver can be of use for a step of so many tasks. */
    int helpersFor(int tasks) {
        return Math.min(tasks - 1, maxHelpers);
    }

    /** Has the work done by another thread too, unless the executor is against it. */
    boolean offer(Runnable work) {
        try {
            executor().execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (own != null) {
            own.shutdown();
        }
    }

    private static ExecutorService pool() {
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                POOL_SIZE, POOL_SIZE, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, THREAD_NAME + count.getAndIncrement());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** By reflection, as the classes are compiled for Java 17: Thread.ofVirtual().name(prefix, 0).factory(). */
    private static ExecutorService virtualThreads() {
        try {
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Object named = builder.getMethod("name", String.class, long.class)
                    .invoke(Thread.class.getMethod("ofVirtual").invoke(null), THREAD_NAME, 0L);
            Object factory = builder.getMethod("factory").invoke(named);
            Object executor = Executors.class
                    .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                    .invoke(null, factory);
            return (ExecutorService) executor;
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("virtual threads could not be made", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("virtual threads are part of Java 21, but not of " + Runtime.version(), e);
        }
    }
}
