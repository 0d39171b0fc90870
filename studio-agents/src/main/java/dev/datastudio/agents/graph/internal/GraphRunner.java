package dev.datastudio.agents.graph.internal;

import dev.datastudio.agents.graph.GraphDraft;
import dev.datastudio.agents.graph.GraphNodeTypes;
import dev.datastudio.agents.graph.GraphPage;
import dev.datastudio.agents.graph.GraphRun;
import dev.datastudio.agents.graph.GraphRunEvent;
import dev.datastudio.agents.graph.GraphRunLimits;
import dev.datastudio.agents.graph.NodeRun;
import dev.datastudio.agents.graph.NodeUsage;
import dev.datastudio.agents.graph.RunRequest;
import dev.datastudio.agents.graph.RunState;
import dev.datastudio.agents.graph.RunSubscription;
import dev.datastudio.agents.graph.SavedGraphs;
import dev.datastudio.agents.telemetry.StudioEngines;
import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.checkpoint.SqliteCheckpointStore;
import dev.datastudio.graph.json.GraphCompiler;
import dev.datastudio.graph.json.GraphInput;
import dev.datastudio.graph.json.GraphOutput;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.NodeTypes;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.run.Engine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the graphs of one studio: begins runs, shows them, and ends them. A run is kept as a thread of the engine's store,
 * and taken up by the next process when this one dies. Thread-safe.
 */
public final class GraphRunner {
    private static final Logger log = LoggerFactory.getLogger(GraphRunner.class);
    private static final String FILE = "runs.db";
    private static final long SAVE_MILLIS = 500;
    private static final long STOP_MILLIS = 2_000;
    private static final long RECOVER_MILLIS = 20_000;

    private final Studio studio;
    private final RunStore store;
    private final Engine engine;
    private final LiveRuns live;
    private final RunAnswers answers;
    private final RunRetention retention;
    private final ScheduledExecutorService beats;
    private final List<Future<?>> beating;

    /** Runs are kept in a file of the workspace. */
    public static GraphRunner inWorkspace(Studio studio, GraphRunLimits limits) {
        return new GraphRunner(
                studio,
                studio.closing(SqliteCheckpointStore.open(studio.workspace().resolve(FILE))),
                limits);
    }

    /** @param checkpoints stays open */
    public GraphRunner(Studio studio, CheckpointStore checkpoints, GraphRunLimits limits) {
        this.studio = studio;
        this.store = new RunStore(studio.metadata());
        this.engine = StudioEngines.of(studio).engine().store(checkpoints).build();
        PassedNodes passed = new PassedNodes(engine);
        this.live = new LiveRuns(store, limits, studio.clock(), passed);
        this.retention = new RunRetention(store, engine, live, limits, studio.clock());
        Object goingOn = new Object();
        this.answers = new RunAnswers(store, engine, live, this::compiler, goingOn);
        RunRecovery recovery =
                new RunRecovery(store, engine, live, answers, passed, this::compiler, studio.clock(), goingOn);
        this.beats = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "studio-graph-runs");
            thread.setDaemon(true);
            return thread;
        });
        this.beating = List.of(
                every(SAVE_MILLIS, SAVE_MILLIS, live::saveAll),
                every(STOP_MILLIS, STOP_MILLIS, live::touchWatched),
                every(STOP_MILLIS, STOP_MILLIS, live::stopAsked),
                every(0, RECOVER_MILLIS, recovery::recover));
    }

    /** The next beat must come, whatever this one met. */
    private Future<?> every(long firstMillis, long millis, Runnable work) {
        Runnable guarded = () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                log.warn("The runs of graphs could not be looked after; it is tried again", e);
            }
        };
        return beats.scheduleWithFixedDelay(guarded, firstMillis, millis, TimeUnit.MILLISECONDS);
    }

    private GraphCompiler compiler(Caller caller) {
        NodeTypes types = GraphNodeTypes.of(studio)
                .as(caller)
                .types()
                .with(KeptNodes.types().toArray(NodeType[]::new));
        return GraphCompiler.of(types);
    }

    /** Begins a run; returns at once. */
    public GraphRun start(Caller caller, RunRequest request) {
        SavedGraphs graphs = SavedGraphs.of(studio).as(caller);
        GraphDraft draft = request.version().isPresent()
                ? graphs.version(request.graph(), request.version().getAsInt())
                : graphs.get(request.graph());
        live.saveAll(); // what nodes gave last must be there before it is looked for
        GraphCompiler compiler = compiler(caller);
        SavedGraph own = request.pins() == RunRequest.Pins.HONOURED
                ? PinnedNodes.inside(draft.graph(), compiler, request.node())
                : draft.graph();
        SavedGraph frozen = Wires.frozen(own, graphs::running);
        RunPlan plan =
                RunPlan.of(frozen, compiler, request, node -> store.value(caller, frozen, request.graph(), node));
        GraphRun begun = queued(caller, request, plan);
        LiveRun run = live.made(caller, begun, plan);
        Graph<GraphInput, GraphOutput> graph = compiler.withWatcher(run).compile(plan.content());
        GraphInput input = new GraphInput(request.inputs().toJson());
        retention.forgetOld(caller, request.graph());
        Activity activity = Activity.of(caller, "graph.run").about(List.of(request.graph(), begun.id()));
        return studio.activities()
                .watching(
                        activity,
                        () -> {
                            live.enter(run);
                            try {
                                store.begin(caller, begun, plan.content(), input);
                            } catch (RuntimeException e) {
                                live.leave(run);
                                throw e;
                            }
                            live.go(run, options -> engine.start(graph, input, options));
                            return run.state();
                        },
                        (asked, done) -> asked);
    }

    private GraphRun queued(Caller caller, RunRequest request, RunPlan plan) {
        return new GraphRun(
                UUID.randomUUID().toString(),
                request.graph(),
                request.version(),
                request.node(),
                caller.user(),
                RunState.QUEUED,
                studio.clock().instant(),
                Optional.empty(),
                ShownValues.of(request.inputs()).values(),
                Optional.empty(),
                Optional.empty(),
                plan.shown().stream().map(NodeRun::idle).toList(),
                List.of(),
                NodeUsage.NONE,
                0);
    }

    /** A run of a caller. */
    public Optional<GraphRun> find(Caller caller, String id) {
        return live.find(caller, id).map(LiveRun::state).or(() -> store.find(caller, id));
    }

    private GraphRun get(Caller caller, String id) {
        return find(caller, id).orElseThrow(() -> missing(id));
    }

    /** What there is to say when a caller has no such run. */
    public static StudioException missing(String id) {
        return new StudioException(
                ErrorCode.ENTRY_NOT_FOUND,
                "There is no run " + StudioException.quote(id),
                "Use the id of one of your runs; old ones are forgotten");
    }

    /** The runs of a caller of a graph, the newest first, without their nodes. */
    public GraphPage<GraphRun> list(Caller caller, String graph, int limit, String after) {
        return store.list(caller, graph, limit, after);
    }

    /** Tells of a run; one that goes on in another process is looked at each second. */
    public RunSubscription subscribe(Caller caller, String id, long after, Consumer<GraphRunEvent> listener) {
        Optional<LiveRun> here = live.find(caller, id);
        if (here.isPresent()) {
            return here.get().subscribe(after, listener);
        }
        GraphRun kept = store.find(caller, id).orElseThrow(() -> missing(id));
        return new DistantRun(kept, listener, () -> store.find(caller, id), beats, live.tellers());
    }

    /** Waits until a run has ended or waits for a person. */
    public GraphRun await(Caller caller, String id) throws InterruptedException {
        CompletableFuture<GraphRun> end = new CompletableFuture<>();
        Consumer<GraphRunEvent> listener = event -> {
            if (event instanceof GraphRunEvent.RunEnded over) {
                end.complete(over.run());
            } else if (event instanceof GraphRunEvent.RunChanged changed
                    && changed.run().state() == RunState.WAITING) {
                end.complete(changed.run());
            }
        };
        try (RunSubscription subscription = subscribe(caller, id, 0, listener)) {
            return waited(end, subscription);
        }
    }

    private static GraphRun waited(CompletableFuture<GraphRun> end, RunSubscription open) throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a subscription " + open + " can't fail", e);
        }
    }

    /** Answers a question of a run that waits, as {@link RunAnswers#give}. */
    public GraphRun resume(Caller caller, String id, String question, String answer) {
        return answers.give(caller, get(caller, id), question, answer);
    }

    /** Ends a run, wherever it goes on. */
    public GraphRun cancel(Caller caller, String id) {
        live.awaitWritten(id);
        GraphRun run = get(caller, id);
        if (run.state().isEnded()) {
            return run;
        }
        if (!live.stop(id)) {
            if (run.state() == RunState.WAITING) {
                live.loaded(caller, run).cancelHere();
                engine.threads(caller).delete(LiveRuns.thread(id));
            } else {
                store.askToStop(caller, id);
            }
        }
        return get(caller, id);
    }

    /** Forgets all runs of a graph, those that go on are ended first. */
    public void forgetGraph(String tenant, String graph) {
        retention.forgetGraph(tenant, graph);
    }

    /** Ends the runs of a user, waits until they have ended, and forgets all of them. */
    public int forgetUser(Caller caller) throws InterruptedException {
        for (GraphRun run : store.ofUser(caller)) {
            if (!run.state().isEnded() && !cancel(caller, run.id()).state().isEnded()) {
                await(caller, run.id());
            }
        }
        return retention.forgetUser(caller);
    }

    /** The runs of its owner that read a data set, the newest first. */
    public List<GraphRun> readers(Dataset dataset) {
        live.saveAll();
        return List.copyOf(new DatasetReaders(studio, store, dataset).runs());
    }

    /** Ends these runs, waits until they have ended, and forgets them with all that was made of the data set. */
    public int forgetReaders(Dataset dataset) throws InterruptedException {
        Caller owner = dataset.owner();
        live.saveAll();
        DatasetReaders readers = new DatasetReaders(studio, store, dataset);
        Set<GraphRun> runs = readers.runs();
        Set<String> graphs = readers.graphsOfValues();
        for (GraphRun run : runs) {
            if (!run.state().isEnded() && !cancel(owner, run.id()).state().isEnded()) {
                await(owner, run.id());
            }
            retention.forget(owner.tenant(), run.id());
            graphs.add(run.graph());
        }
        graphs.forEach(graph -> store.forgetValues(owner, graph));
        return runs.size();
    }

    /** Forgets the runs of everybody in a tenant that ended before a time. */
    public int forgetOlder(String tenant, Instant before) {
        return retention.forgetOlder(tenant, before);
    }

    /** As {@link #forgetUser}, of everybody in a tenant, and of what nobody knows of any more. */
    public int forgetTenant(String tenant) throws InterruptedException {
        int forgotten = 0;
        for (Caller caller : store.people(tenant)) {
            forgotten += forgetUser(caller);
        }
        retention.forgetTenant(tenant);
        return forgotten;
    }

    /** Leaves the runs that go on to the next process, and waits until they have written down how far they are. */
    public void close() throws InterruptedException {
        live.beginClosing();
        beating.forEach(beat -> beat.cancel(false));
        beats.shutdownNow();
        engine.close();
        live.close();
    }
}
