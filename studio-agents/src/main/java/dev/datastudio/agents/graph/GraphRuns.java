package dev.datastudio.agents.graph;

import dev.datastudio.agents.graph.internal.GraphRunner;
import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.graph.json.Values;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Runs the graphs of a studio, each run for the user who started it, and nobody else sees it: nodes work with that user's
 * data. A run outlasts the process: what was under way is taken up by the next process that has the workspace open, and
 * finished nodes are not done again.
 *
 * <pre>{@code
 * GraphRuns runs = GraphRuns.of(studio).as(caller);
 * GraphRun begun = runs.start(RunRequest.of(graph.id()).given(Map.of("question", "Which region sells most?")));
 * runs.subscribe(begun.id(), 0, event -> System.out.println(event));
 * Values outputs = runs.await(begun.id()).outputs().orElseThrow();
 * }</pre>
 *
 * <p>What is not there, or is another user's, is a {@link StudioException} with {@link ErrorCode#ENTRY_NOT_FOUND}.
 * Thread-safe; works as long as the studio is open.
 */
public final class GraphRuns {
    private final GraphRunner runner;
    private final Caller caller;

    private GraphRuns(GraphRunner runner, Caller caller) {
        this.runner = runner;
        this.caller = caller;
    }

    /**
     * The runs of a studio's own caller, kept in its workspace, within {@link GraphRunLimits#DEFAULT}. The first call takes
     * up what a process left behind.
     */
    public static GraphRuns of(Studio studio) {
        return studio.feature(GraphRuns.class, any -> {
            GraphRunLimits limits = any.feature(GraphRunLimits.class, none -> GraphRunLimits.DEFAULT);
            return closing(any, GraphRunner.inWorkspace(any, limits));
        });
    }

    /**
     * Sets how far the runs of a studio may go, {@link GraphRunLimits#DEFAULT} unless told, for whoever asks for them
     * first without naming limits.
     *
     * @throws IllegalStateException if somebody did, or the limits were set before
     */
    public static void limit(Studio studio, GraphRunLimits limits) {
        Objects.requireNonNull(limits, "limits");
        AtomicBoolean isFirst = new AtomicBoolean();
        studio.feature(GraphRunLimits.class, any -> {
            isFirst.set(true);
            return limits;
        });
        if (!isFirst.get()) {
            throw new IllegalStateException("the runs of the studio were made before; give their limits first");
        }
    }

    /**
     * As {@link #of(Studio)}, within other limits; to be called before that one is called for the studio.
     *
     * @throws IllegalStateException if it was
     */
    public static GraphRuns of(Studio studio, GraphRunLimits limits) {
        boolean[] isMade = new boolean[1];
        GraphRuns runs = studio.feature(GraphRuns.class, any -> {
            isMade[0] = true;
            return closing(any, GraphRunner.inWorkspace(any, limits));
        });
        return requireMade(runs, isMade[0]);
    }

    /**
     * As {@link #of(Studio, GraphRunLimits)}, with runs kept in a store of the program's, which stays open.
     *
     * @throws IllegalStateException if the runs of the studio were asked for before
     */
    public static GraphRuns of(Studio studio, GraphRunLimits limits, CheckpointStore store) {
        boolean[] isMade = new boolean[1];
        GraphRuns runs = studio.feature(GraphRuns.class, any -> {
            isMade[0] = true;
            return closing(any, new GraphRunner(any, Objects.requireNonNull(store, "store"), limits));
        });
        return requireMade(runs, isMade[0]);
    }

    private static GraphRuns requireMade(GraphRuns runs, boolean isMade) {
        if (!isMade) {
            throw new IllegalStateException("the runs of the studio were made before; give their limits first");
        }
        return runs;
    }

    private static GraphRuns closing(Studio studio, GraphRunner runner) {
        studio.endingFirst(runner::close);
        return new GraphRuns(runner, studio.caller());
    }

    /** The same for another caller, such as the user of a request. */
    public GraphRuns as(Caller other) {
        return new GraphRuns(runner, Objects.requireNonNull(other, "other"));
    }

    /**
     * Begins a run and returns at once.
     *
     * @throws StudioException {@link ErrorCode#GRAPH_INVALID} with every problem that stops it, {@link
     *     ErrorCode#QUOTA_EXCEEDED} when as many runs of the organisation go on as may, {@link ErrorCode#ENTRY_NOT_FOUND}
     *     for a graph, version or node that is not there
     */
    public GraphRun start(RunRequest request) {
        return runner.start(caller, request);
    }

    /**
     * Ends and forgets all runs of this caller with what their nodes gave, as when a user goes; graphs stay. Blocks until
     * those that go on have ended.
     *
     * @return how many there were
     * @throws InterruptedException if the thread is; what was not forgotten yet stays, and it can be called again
     */
    public int forgetAll() throws InterruptedException {
        return runner.forgetUser(caller);
    }

    /**
     * The runs that read a data set of this caller, which go with it: those that name it by its id; those that name it by its
     * name, begun while it was the newest version of that name; and parts of a graph that was run with it. Reads all runs of the
     * caller.
     *
     * @return the newest first of each kind
     * @throws IllegalArgumentException if the data set is another caller's
     */
    public List<GraphRun> readers(Dataset dataset) {
        return runner.readers(requireOwn(dataset));
    }

    /**
     * Ends and forgets the {@link #readers} of a data set, with what the nodes of their graphs gave, as when it goes. Blocks
     * until those that go on have ended.
     *
     * @return how many there were
     * @throws IllegalArgumentException if the data set is another caller's
     * @throws InterruptedException if the thread is; what was not forgotten yet stays, and it can be called again
     */
    public int forgetReaders(Dataset dataset) throws InterruptedException {
        return runner.forgetReaders(requireOwn(dataset));
    }

    private Dataset requireOwn(Dataset dataset) {
        if (!dataset.owner().equals(caller)) {
            throw new IllegalArgumentException("dataset must be of " + caller + ", was of " + dataset.owner());
        }
        return dataset;
    }

    /**
     * Ends and forgets all runs in the tenant of this caller, with what is kept of how far they are, as when it goes. Blocks
     * until those that go on have ended.
     *
     * @return how many there were
     * @throws InterruptedException if the thread is; what was not forgotten yet stays, and it can be called again
     */
    public int forgetTenant() throws InterruptedException {
        return runner.forgetTenant(caller.tenant());
    }

    /**
     * Forgets the runs of everybody in the tenant of this caller that ended before a time, and what nodes gave before it.
     *
     * @return how many runs there were
     */
    public int forgetOlder(Instant before) {
        return runner.forgetOlder(caller.tenant(), before);
    }

    /** A run as it stands now. */
    public GraphRun get(String run) {
        return runner.find(caller, run).orElseThrow(() -> GraphRunner.missing(run));
    }

    /**
     * The runs of this user of a graph, the newest first, without their nodes.
     *
     * @param limit how many at most, 1 to 200
     * @param after the {@link GraphPage#next()} of the page before; empty for the first
     */
    public GraphPage<GraphRun> list(String graph, int limit, String after) {
        return runner.list(caller, graph, limit, after);
    }

    /**
     * Waits until a run has ended, or waits for a person.
     *
     * @return the run then
     * @throws InterruptedException if this thread is interrupted; the run goes on
     */
    public GraphRun await(String run) throws InterruptedException {
        return runner.await(caller, run);
    }

    /** Asks a run to end; one that has ended stays as it is. */
    public GraphRun cancel(String run) {
        return runner.cancel(caller, run);
    }

    /** Approves what a run waits for, as it is. */
    public GraphRun approve(String run) {
        return resume(run, "", Values.of("approved", true));
    }

    /** Rejects what a run waits for. */
    public GraphRun reject(String run) {
        return resume(run, "", Values.of("approved", false));
    }

    /**
     * Answers what a run waits for; it goes on at once.
     *
     * @param question the {@link PendingQuestion#id()}; may be empty where there is only one
     * @param answer {@code approved}, true or false, and {@code value} where another value is to be used
     * @throws StudioException {@link ErrorCode#INVALID_ARGUMENT} when it waits for no such answer, {@link
     *     ErrorCode#THREAD_BUSY} when somebody else answered at the same time
     */
    public GraphRun resume(String run, String question, Values answer) {
        return runner.resume(caller, run, question, answer.toJson());
    }

    /**
     * Tells of a run, what it is now and what happens, until it has ended. The run never waits for a listener: one that is
     * slow misses nothing but the way there, as it is told the whole run again.
     *
     * @param after the number of the last event that was seen, to go on behind it; 0 to begin with the whole run
     * @param listener called by one thread at a time, in order, on threads of the studio; one that throws is told no more
     */
    public RunSubscription subscribe(String run, long after, Consumer<GraphRunEvent> listener) {
        return runner.subscribe(caller, run, after, listener);
    }

    /** Forgets all runs of a graph, of all users of the organisation. */
    void forgetGraph(String graph) {
        runner.forgetGraph(caller.tenant(), graph);
    }
}
