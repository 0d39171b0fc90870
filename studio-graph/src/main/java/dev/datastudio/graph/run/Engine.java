package dev.datastudio.graph.run;

import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.event.RunListener;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.run.internal.EngineParts;
import dev.datastudio.graph.run.internal.RunDriver;
import dev.datastudio.graph.run.internal.Workers;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs graphs. One engine serves a whole program. Thread-safe.
 *
 * <p>Each run is driven by one thread, which also does the work of steps with a single task. The tasks of larger steps
 * are shared with the executor: virtual threads on Java 21 and later, at most {@link #POOL_SIZE} daemon threads on Java
 * 17, or the one given. A driver never waits for a free thread: what no other thread takes, it does itself, so that runs
 * inside nodes can't block each other.
 *
 * <p>Defaults: own executor, no limit of concurrency beyond it, the system clock, no listener.
 */
public final class Engine implements AutoCloseable {
    /** How many threads an engine makes at most on Java 17. */
    public static final int POOL_SIZE = Workers.POOL_SIZE;

    private final EngineParts parts;
    private final Set<RunDriver<?>> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private Engine(Builder builder) {
        Workers workers = builder.executor
                .map(executor -> Workers.on(executor, builder.maxConcurrency))
                .orElseGet(() -> Workers.own(builder.maxConcurrency));
        this.parts = new EngineParts(workers, builder.clock, builder.listener, builder.store);
    }

    /** An engine with all defaults. */
    public static Engine create() {
        return builder().build();
    }

    /** Begins with all defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** As {@link #start(Graph, Object, RunOptions)} with default options. */
    public <I, O> Run<O> start(Graph<I, O> graph, I input) {
        return start(graph, input, RunOptions.defaults());
    }

    /**
     * Starts a run and returns at once; a thread of the executor drives it, or the first to {@link Run#await()} it.
     *
     * @throws IllegalArgumentException if the input has a null component
     * @throws IllegalStateException if the engine is closed
     * @throws RejectedExecutionException if the given executor refuses
     */
    public <I, O> Run<O> start(Graph<I, O> graph, I input, RunOptions options) {
        RunDriver<O> driver = driver(graph, input, options);
        try {
            parts.workers().execute(driver);
        } catch (RejectedExecutionException e) {
            running.remove(driver);
            requireOpen();
            throw e;
        }
        return driver;
    }

    /** As {@link #run(Graph, Object, RunOptions)} with default options. */
    public <I, O> O run(Graph<I, O> graph, I input) {
        return run(graph, input, RunOptions.defaults());
    }

    /**
     * Runs a graph on this thread and returns its output; the fastest way, as nothing changes threads but the tasks of
     * parallel steps.
     *
     * @throws dev.datastudio.api.error.StudioException as {@link Run#await()}
     * @throws IllegalArgumentException if the input has a null component
     * @throws IllegalStateException if the engine is closed
     */
    public <I, O> O run(Graph<I, O> graph, I input, RunOptions options) {
        return driver(graph, input, options).await();
    }

    private <I, O> RunDriver<O> driver(Graph<I, O> graph, I input, RunOptions options) {
        requireOpen();
        if (!(graph instanceof Plan<I, O> plan)) {
            throw new IllegalArgumentException("graph must be made by Graph.define, was a "
                    + graph.getClass().getName());
        }
        Objects.requireNonNull(input, "input");
        RunDriver<O> driver = RunDriver.of(plan, input, options, parts, running::remove);
        running.add(driver);
        return driver;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the engine is closed; start runs before close()");
        }
    }

    /**
     * Cancels the runs that go on and lets go of the threads that this engine made; an executor that was given stays
     * open. Does not wait. Does nothing when called again.
     */
    @Override
    public void close() {
        closed = true;
        running.forEach(RunDriver::cancel);
        parts.workers().close();
    }

    /** Collects the parts of an engine. Not thread-safe. */
    public static final class Builder {
        private Optional<Executor> executor = Optional.empty();
        private int maxConcurrency = Integer.MAX_VALUE;
        private InstantSource clock = Clock.systemUTC();
        private Optional<RunListener> listener = Optional.empty();
        private Optional<CheckpointStore> store = Optional.empty();

        private Builder() {}

        /** Where runs and parallel tasks go; it stays open when the engine closes. */
        public Builder executor(Executor value) {
            executor = Optional.of(value);
            return this;
        }

        /**
         * How many tasks of parallel steps may be done at once, by all runs together. Each run's driving thread may
         * always do one, so with n runs it can be up to n - 1 more.
         *
         * @param tasks at least 1; with 1, the tasks of a step are done one after the other
         */
        public Builder maxConcurrency(int tasks) {
            if (tasks < 1) {
                throw new IllegalArgumentException("maxConcurrency must be at least 1, was " + tasks);
            }
            maxConcurrency = tasks;
            return this;
        }

        /** What events are timed by. */
        public Builder clock(InstantSource value) {
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /** Told of every run's events, each run's in order, several runs' at once. */
        public Builder listener(RunListener value) {
            listener = Optional.of(value);
            return this;
        }

        /** Where runs with a thread keep what they have done; it stays open when the engine closes. */
        public Builder store(CheckpointStore value) {
            store = Optional.of(value);
            return this;
        }

        /** The engine. */
        public Engine build() {
            return new Engine(this);
        }
    }
}
