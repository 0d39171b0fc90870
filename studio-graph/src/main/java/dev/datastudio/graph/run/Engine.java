package dev.datastudio.graph.run;

import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.event.RunListener;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.run.internal.Committer;
import dev.datastudio.graph.run.internal.EngineParts;
import dev.datastudio.graph.run.internal.Policies;
import dev.datastudio.graph.run.internal.RunDriver;
import dev.datastudio.graph.run.internal.ThreadDesk;
import dev.datastudio.graph.run.internal.Timekeeper;
import dev.datastudio.graph.run.internal.Workers;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs graphs. One engine serves a whole program. Thread-safe.
 *
 * <p>Each run is driven by one thread, which also does the work of steps with a single task. The tasks of larger steps
 * are shared with the executor: virtual threads on Java 21 and later, at most {@link #POOL_SIZE} daemon threads on Java
 * 17, or the one given. A driver never waits for a free thread: what no other thread takes, it does itself, so that runs
 * inside nodes can't block each other. One more daemon thread watches timeouts and waits, while there are any.
 *
 * <p>Defaults: own executor, no limit of concurrency beyond it, the system clock, no listener.
 */
public final class Engine implements AutoCloseable {
    /** How many threads an engine makes at most on Java 17. */
    public static final int POOL_SIZE = Workers.POOL_SIZE;

    /** For how long a run holds its thread without a sign of life when nothing else was said. */
    public static final Duration DEFAULT_LEASE_TIME = Duration.ofSeconds(30);

    private static final AtomicInteger ENGINES = new AtomicInteger();

    private final EngineParts parts;
    private final Set<RunDriver<?>> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private Engine(Builder builder) {
        Workers workers = builder.executor.isPresent()
                ? Workers.on(builder.executor.get(), builder.maxConcurrency)
                : Workers.own(builder.maxConcurrency);
        Policies policies = new Policies(builder.maxConcurrency, builder.clock, builder.timekeeper, builder.seed);
        Optional<Committer> committer = builder.store.isPresent()
                ? Optional.of(new Committer(builder.store.get(), builder.clock, builder.leaseTime))
                : Optional.empty();
        String owner = committer.isPresent() ? owner() : "";
        this.parts = new EngineParts(workers, policies, builder.clock, builder.listener, committer, owner);
    }

    /** Shown to whoever finds a thread busy. */
    private static String owner() {
        return "process " + ProcessHandle.current().pid() + " engine " + ENGINES.incrementAndGet();
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
        return started(driver(graph, input, options));
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

    /**
     * Goes on with a thread that an interrupt, an error, a cancellation or the end of a process stopped, and returns at
     * once; a thread of the executor drives it, or the first to {@link Run#await()} it. Only what was not finished is done
     * again: finished tasks of an unfinished super-step keep their results.
     *
     * @param thread of the tenant of the options' caller; the thread in the options must be absent or the same
     * @param how the answers to its interrupts
     * @throws StudioException THREAD_NOT_FOUND if the store has no such thread; THREAD_BUSY if another run holds it, also
     *     the second of two resumers; INVALID_ARGUMENT if it has finished or does not wait for such an answer;
     *     GRAPH_VERSION_MISMATCH if another graph or version wrote it and no migrations lead here; CHECKPOINT_DAMAGED if
     *     its log can't be read
     * @throws IllegalArgumentException if the engine has no store
     */
    public <O> Run<O> resume(Graph<?, O> graph, String thread, Resume how, RunOptions options) {
        requireOpen();
        RunOptions own = options.toBuilder().thread(sameThread(thread, options)).build();
        return started(RunDriver.resume(Plan.from(graph), how, own, parts, running::remove));
    }

    /** As {@link #resume(Graph, String, Resume, RunOptions)} with default options. */
    public <O> Run<O> resume(Graph<?, O> graph, String thread, Resume how) {
        return resume(graph, thread, how, RunOptions.defaults());
    }

    /**
     * Runs a graph again, from its beginning, on the state that a finished run of a thread left, such as the next turn of a
     * conversation: the input's components are written over or added to it. Returns at once.
     *
     * @param options with the thread
     * @throws StudioException INVALID_ARGUMENT if the thread has not finished, and as {@link #resume}
     */
    public <I, O> Run<O> next(Graph<I, O> graph, I input, RunOptions options) {
        requireOpen();
        Objects.requireNonNull(input, "input");
        if (options.thread().isEmpty()) {
            throw new IllegalArgumentException("options must name the thread that has finished, by thread(name)");
        }
        return started(RunDriver.next(Plan.from(graph), input, options, parts, running::remove));
    }

    private static String sameThread(String thread, RunOptions options) {
        if (options.thread().isPresent() && !options.thread().get().equals(thread)) {
            throw new IllegalArgumentException(
                    "thread must be that of the options, '" + options.thread().get() + "', was '" + thread + "'");
        }
        return thread;
    }

    /**
     * The threads of a caller's tenant.
     *
     * @throws IllegalArgumentException if the engine has no store
     */
    public Threads threads(Caller caller) {
        Committer committer = parts.committer()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the engine has no store, so it has no threads; give it one by Engine.builder().store(...)"));
        return new Threads(new ThreadDesk(committer), committer.store(), caller);
    }

    private <I, O> RunDriver<O> driver(Graph<I, O> graph, I input, RunOptions options) {
        requireOpen();
        Objects.requireNonNull(input, "input");
        RunDriver<O> driver = RunDriver.begin(Plan.from(graph), input, options, parts, running::remove);
        running.add(driver);
        return driver;
    }

    private <O> Run<O> started(RunDriver<O> driver) {
        running.add(driver);
        try {
            parts.workers().execute(driver);
        } catch (RejectedExecutionException e) {
            running.remove(driver);
            driver.cancel();
            driver.run();
            requireOpen();
            throw e;
        }
        return driver;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the engine is closed; start runs before close()");
        }
    }

    /**
     * Cancels the runs that go on and lets go of the threads that this engine made; an executor that was given stays
     * open. A run with a thread can be resumed by another engine, so its compensations are not done. Does not wait. Does
     * nothing when called again.
     */
    @Override
    public void close() {
        closed = true;
        running.forEach(RunDriver::leave);
        parts.workers().close();
        parts.policies().close();
    }

    /** Collects the parts of an engine. Not thread-safe. */
    public static final class Builder {
        private Optional<Executor> executor = Optional.empty();
        private int maxConcurrency = Integer.MAX_VALUE;
        private InstantSource clock = Clock.systemUTC();
        private Timekeeper timekeeper = Policies.systemTime();
        private OptionalLong seed = OptionalLong.empty();
        private Optional<RunListener> listener = Optional.empty();
        private Optional<CheckpointStore> store = Optional.empty();
        private Duration leaseTime = DEFAULT_LEASE_TIME;

        private Builder() {}

        /** Where runs and parallel tasks go; it stays open when the engine closes. */
        public Builder executor(Executor value) {
            executor = Optional.of(value);
            return this;
        }

        /**
         * How many nodes may work at once, in all runs together. A node that waits for another run of this engine, and
         * one that is a sub-graph, counts for nothing while what it waits for works; nor does one that waits for its
         * limit, for its next try, or for the same result of another run.
         *
         * @param tasks at least 1; with 1, all nodes work one after the other
         */
        public Builder maxConcurrency(int tasks) {
            if (tasks < 1) {
                throw new IllegalArgumentException("maxConcurrency must be at least 1, was " + tasks);
            }
            maxConcurrency = tasks;
            return this;
        }

        /** What events, and how long cached results may be used, are timed by. */
        public Builder clock(InstantSource value) {
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /** What the waits before new tries are drawn by, so that they repeat; random when not given. */
        public Builder seed(long value) {
            seed = OptionalLong.of(value);
            return this;
        }

        /** What waits and limits of time go by. */
        Builder timekeeper(Timekeeper value) {
            timekeeper = value;
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

        /**
         * For how long a run holds its thread without a sign of life: after a crash nobody else may resume it before, unless
         * by {@link Resume#takeOver()}. A run that goes on gives signs of life by itself.
         *
         * @param value at least 1 second
         */
        public Builder leaseTime(Duration value) {
            if (value.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("leaseTime must be at least 1 second, was " + value);
            }
            leaseTime = value;
            return this;
        }

        /** The engine. */
        public Engine build() {
            return new Engine(this);
        }
    }
}
