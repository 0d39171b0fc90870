package dev.datastudio.agents.graph.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datastudio.agents.graph.GraphDraft;
import dev.datastudio.agents.graph.GraphNodeTypes;
import dev.datastudio.agents.graph.GraphPage;
import dev.datastudio.agents.graph.GraphRun;
import dev.datastudio.agents.graph.GraphRunEvent;
import dev.datastudio.agents.graph.GraphRunLimits;
import dev.datastudio.agents.graph.NodeRun;
import dev.datastudio.agents.graph.NodeUsage;
import dev.datastudio.agents.graph.PendingQuestion;
import dev.datastudio.agents.graph.RunRequest;
import dev.datastudio.agents.graph.RunState;
import dev.datastudio.agents.graph.RunSubscription;
import dev.datastudio.agents.graph.SavedGraphs;
import dev.datastudio.agents.telemetry.StudioEngines;
import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.checkpoint.ThreadState;
import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.core.usage.TenantSlots;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.checkpoint.SqliteCheckpointStore;
import dev.datastudio.graph.event.RunId;
import dev.datastudio.graph.json.GraphCompiler;
import dev.datastudio.graph.json.GraphInput;
import dev.datastudio.graph.json.GraphOutput;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.NodeTypes;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.run.Budget;
import dev.datastudio.graph.run.Checkpoint;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.Resume;
import dev.datastudio.graph.run.Run;
import dev.datastudio.graph.run.RunOptions;
import dev.datastudio.graph.run.RunOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the graphs of one studio: those that go on here, and for a while those that ended, so that somebody who was cut off
 * finds the rest. A run is kept as a thread of the engine's store, and taken up by the next process when this one dies.
 * Thread-safe.
 */
public final class GraphRunner implements LiveRun.Ended {
    private static final Logger log = LoggerFactory.getLogger(GraphRunner.class);
    private static final String FILE = "runs.db";
    private static final String THREAD = "graph:";
    private static final int TELLERS = 8;
    private static final int ENDERS = 2;
    private static final int MAX_ENDED = 200;
    private static final Duration ENDED = Duration.ofMinutes(5);
    private static final long SAVE_MILLIS = 500;
    private static final long STOP_MILLIS = 2_000;
    private static final long RECOVER_SECONDS = 20;
    private static final Duration MAX_ENDING = Duration.ofSeconds(10);

    private final Studio studio;
    private final GraphRunLimits limits;
    private final RunStore store;
    private final Engine engine;
    private final Map<String, LiveRun> live = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Run<GraphOutput>>> handles = new ConcurrentHashMap<>();
    private final Cache<String, LiveRun> ended = Caffeine.newBuilder()
            .maximumSize(MAX_ENDED)
            .expireAfterAccess(ENDED)
            .build();
    private final Object answering = new Object();
    private final TenantSlots slots;
    private final Map<LiveRun, TenantSlots.Slot> taken = new ConcurrentHashMap<>();
    /** What is run of those that another process began. */
    private final Map<String, Graph<GraphInput, GraphOutput>> takenUp = new ConcurrentHashMap<>();

    private final ThreadPoolExecutor tellers;
    private final ThreadPoolExecutor enders;
    private final ScheduledExecutorService beats;
    private final List<Future<?>> beating;
    private volatile boolean isClosing;

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
        this.limits = limits;
        this.slots = TenantSlots.of(limits.concurrentRuns(), "runs");
        this.store = new RunStore(studio.metadata());
        this.engine = StudioEngines.of(studio).engine().store(checkpoints).build();
        this.tellers = pool(TELLERS, "studio-graph-tell");
        this.enders = pool(ENDERS, "studio-graph-end");
        this.beats = new ScheduledThreadPoolExecutor(1, daemon("studio-graph-runs"));
        this.beating = List.of(
                beats.scheduleWithFixedDelay(guarded(this::saveAll), SAVE_MILLIS, SAVE_MILLIS, TimeUnit.MILLISECONDS),
                beats.scheduleWithFixedDelay(guarded(this::stopAsked), STOP_MILLIS, STOP_MILLIS, TimeUnit.MILLISECONDS),
                beats.scheduleWithFixedDelay(guarded(this::recover), 0, RECOVER_SECONDS, TimeUnit.SECONDS));
    }

    private static ThreadPoolExecutor pool(int threads, String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemon(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory daemon(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** The next beat must come, whatever this one met. */
    private static Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                log.warn("The runs of graphs could not be looked after; it is tried again", e);
            }
        };
    }

    // Beginning

    /** Begins a run; returns at once. */
    public GraphRun start(Caller caller, RunRequest request) {
        SavedGraphs graphs = SavedGraphs.of(studio).as(caller);
        GraphDraft draft = request.version().isPresent()
                ? graphs.version(request.graph(), request.version().getAsInt())
                : graphs.get(request.graph());
        saveAll(); // what nodes gave last must be there before it is looked for
        GraphCompiler compiler = compiler(caller);
        SavedGraph own = request.pins() == RunRequest.Pins.HONOURED
                ? PinnedNodes.inside(draft.graph(), compiler, request.node())
                : draft.graph();
        SavedGraph frozen = Wires.frozen(own, graphs::running);
        RunPlan plan =
                RunPlan.of(frozen, compiler, request, node -> store.value(caller, frozen, request.graph(), node));
        String id = UUID.randomUUID().toString();
        GraphRun begun = new GraphRun(
                id,
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
        LiveRun run = new LiveRun(caller, begun, plan, studio.clock(), tellers, this);
        Graph<GraphInput, GraphOutput> graph = compiler.withWatcher(run).compile(plan.content());
        forgetOld(caller, request.graph());
        return studio.activities()
                .watching(
                        Activity.of(caller, "graph.run").about(List.of(request.graph(), id)),
                        () -> {
                            enter(run);
                            try {
                                store.begin(caller, begun, plan.content());
                            } catch (RuntimeException e) {
                                leave(run);
                                throw e;
                            }
                            go(
                                    run,
                                    options -> engine.start(
                                            graph,
                                            new GraphInput(request.inputs().toJson()),
                                            options));
                            return run.state();
                        },
                        (activity, done) -> activity);
    }

    private GraphCompiler compiler(Caller caller) {
        NodeTypes types = GraphNodeTypes.of(studio)
                .as(caller)
                .types()
                .with(KeptNodes.types().toArray(NodeType[]::new));
        return GraphCompiler.of(types);
    }

    private interface Start {
        Run<GraphOutput> run(RunOptions options);
    }

    private void go(LiveRun run, Start start) {
        CompletableFuture<Run<GraphOutput>> handle = new CompletableFuture<>();
        live.put(run.id(), run);
        handles.put(run.id(), handle);
        RunOptions options = RunOptions.builder()
                .id(new RunId(run.id()))
                .caller(run.caller())
                .listener(run)
                .keptEvents(0)
                .thread(THREAD + run.id())
                .budget(Budget.UNLIMITED
                        .maxSteps(limits.maxSteps())
                        .maxTime(limits.maxTime())
                        .maxTokens(limits.maxTokens()))
                .build();
        try {
            handle.complete(start.run(options));
        } catch (RuntimeException e) {
            live.remove(run.id());
            handles.remove(run.id());
            leave(run);
            throw e;
        }
    }

    private void enter(LiveRun run) {
        if (isClosing) {
            throw new IllegalStateException("The studio is closed; open it again to run graphs");
        }
        taken.put(run, slots.enter(run.caller().tenant()));
    }

    private void leave(LiveRun run) {
        TenantSlots.Slot slot = taken.remove(run);
        if (slot != null) {
            slot.close();
        }
    }

    // Ending

    @Override
    public void finished(LiveRun run) {
        CompletableFuture<Run<GraphOutput>> handle = handles.get(run.id());
        if (handle == null) {
            throw new IllegalStateException("run " + run.id() + " ended before it began");
        }
        handle.thenAcceptAsync(done -> finish(run, done), enders).exceptionally(e -> {
            log.error("The end of run {} could not be kept", run.id(), e);
            return null;
        });
    }

    /** The nodes of the steps that a run has behind it, as the engine keeps them: after the end, of all steps. */
    private List<String> passed(LiveRun run, Graph<GraphInput, GraphOutput> graph) {
        List<Checkpoint> history = engine.threads(run.caller()).history(graph, THREAD + run.id());
        boolean isOver =
                !history.isEmpty() && history.get(history.size() - 1).next().isEmpty();
        return history.subList(0, Math.max(0, history.size() - (isOver ? 0 : 1))).stream()
                .flatMap(checkpoint -> checkpoint.next().stream())
                .toList();
    }

    private void finish(LiveRun run, Run<GraphOutput> done) {
        RunOutcome<GraphOutput> outcome = done.outcome();
        if (outcome instanceof RunOutcome.Finished<GraphOutput> finished) {
            Graph<GraphInput, GraphOutput> graph = takenUp.remove(run.id());
            if (graph != null) {
                run.catchUp(passed(run, graph), finished.output().skipped());
            }
            run.finish(finished.output().values());
        } else if (outcome instanceof RunOutcome.Failed<GraphOutput> failed) {
            run.fail(failed.error(), "");
        } else {
            throw new AssertionError(outcome);
        }
    }

    @Override
    public void ended(LiveRun run, GraphRun state) {
        if (state.state() == RunState.WAITING) {
            catchUp(run);
        }
        run.unsaved().ifPresent(unsaved -> save(run, unsaved));
        ended.put(run.id(), run);
        leave(run);
        over(run);
        try {
            store.closed(run.id());
        } catch (StudioException e) {
            log.warn("Run {} stays on the list of what is under way; it is looked at again", run.id(), e);
        }
    }

    /** Has a run that was taken up show what was done before and is not told again. */
    private void catchUp(LiveRun run) {
        Graph<GraphInput, GraphOutput> graph = takenUp.get(run.id());
        if (graph == null) {
            return;
        }
        try {
            run.catchUp(passed(run, graph), List.of());
        } catch (StudioException e) {
            log.warn("Nodes of run {} that were done before it was taken up may be shown as idle", run.id(), e);
        }
    }

    @Override
    public void left(LiveRun run) {
        run.unsaved().ifPresent(unsaved -> save(run, unsaved));
        leave(run);
        over(run);
    }

    private synchronized void over(LiveRun run) {
        takenUp.remove(run.id());
        live.remove(run.id(), run);
        handles.remove(run.id());
        notifyAll();
    }

    private void save(LiveRun run, LiveRun.Unsaved unsaved) {
        try {
            store.save(run.caller(), unsaved.run(), unsaved.values());
        } catch (StudioException e) {
            log.error("How run {} stands could not be kept", run.id(), e);
        }
    }

    @Override
    public boolean isClosing() {
        return isClosing;
    }

    private void saveAll() {
        live.values().forEach(run -> run.unsaved().ifPresent(unsaved -> save(run, unsaved)));
    }

    private void stopAsked() {
        ended.asMap().values().stream()
                .filter(LiveRun::isWatched)
                .forEach(run -> ended.asMap().replace(run.id(), run));
        for (LiveRun run : live.values()) {
            if (store.isToStop(run.caller(), run.id())) {
                stop(run.id());
            }
        }
    }

    private boolean stop(String id) {
        CompletableFuture<Run<GraphOutput>> handle = handles.get(id);
        if (handle == null) {
            return false;
        }
        CompletableFuture<Void> asked = handle.thenAccept(Run::cancel);
        return !asked.isCompletedExceptionally();
    }

    private void forgetOld(Caller caller, String graph) {
        Instant old = studio.clock().instant().minus(limits.keptFor());
        List<GraphRun> runs = store.all(caller, graph);
        for (int i = 0; i < runs.size(); i++) {
            GraphRun run = runs.get(i);
            boolean isOld = i >= limits.keptRuns() - 1 || run.startedAt().isBefore(old);
            if (isOld && run.state().isEnded()) {
                forget(caller.tenant(), run.id());
            }
        }
    }

    private void forget(String tenant, String run) {
        ended.invalidate(run);
        engine.threads(new Caller(tenant, "studio")).delete(THREAD + run);
        store.delete(tenant, run);
    }

    /** Forgets all runs of a graph, those that go on are ended first. */
    public void forgetGraph(String tenant, String graph) {
        for (GraphRun run : store.ofGraph(tenant, graph)) {
            if (run.state().isEnded() || run.state() == RunState.WAITING) {
                forget(tenant, run.id());
            } else {
                stop(run.id()); // forgotten by its age
            }
        }
        store.forgetValues(tenant, graph);
    }

    // Looking

    /** A run of a caller. */
    public Optional<GraphRun> find(Caller caller, String id) {
        return here(caller, id).map(LiveRun::state).or(() -> store.find(caller, id));
    }

    private Optional<LiveRun> here(Caller caller, String id) {
        LiveRun now = live.get(id);
        return Optional.ofNullable(now != null ? now : ended.getIfPresent(id))
                .filter(run -> run.caller().equals(caller))
                .filter(run -> now != null || !isOutdated(run));
    }

    /** Whether another process went on with a run that waited here. */
    private boolean isOutdated(LiveRun run) {
        GraphRun here = run.state();
        boolean isOutdated = here.state() == RunState.WAITING
                && store.find(run.caller(), run.id())
                        .filter(kept -> kept.sequence() > here.sequence())
                        .isPresent();
        if (isOutdated) {
            ended.invalidate(run.id());
        }
        return isOutdated;
    }

    /** The runs of a caller of a graph, the newest first, without their nodes. */
    public GraphPage<GraphRun> list(Caller caller, String graph, int limit, String after) {
        return store.list(caller, graph, limit, after);
    }

    /** Tells of a run; one that goes on in another process is looked at each second. */
    public RunSubscription subscribe(Caller caller, String id, long after, Consumer<GraphRunEvent> listener) {
        Optional<LiveRun> here = here(caller, id);
        if (here.isPresent()) {
            return here.get().subscribe(after, listener);
        }
        GraphRun kept = store.find(caller, id).orElseThrow(() -> missing(id));
        return new DistantRun(kept, listener, () -> store.find(caller, id), beats, tellers);
    }

    /** What there is to say when a caller has no such run. */
    public static StudioException missing(String id) {
        return new StudioException(
                ErrorCode.ENTRY_NOT_FOUND,
                "There is no run " + StudioException.quote(id),
                "Use the id of one of your runs; old ones are forgotten");
    }

    // Going on

    /** Ends a run, wherever it goes on. */
    public GraphRun cancel(Caller caller, String id) {
        awaitWritten(id);
        GraphRun run = find(caller, id).orElseThrow(() -> missing(id));
        if (run.state().isEnded()) {
            return run;
        }
        if (!stop(id)) {
            if (run.state() == RunState.WAITING) {
                loaded(caller, run).cancelHere();
                engine.threads(caller).delete(THREAD + id);
            } else {
                store.askToStop(caller, id);
            }
        }
        return find(caller, id).orElseThrow(() -> missing(id));
    }

    /** A run that has come to its end, or waits, is under way no longer once that is written down. */
    private synchronized void awaitWritten(String id) {
        LiveRun run = live.get(id);
        try {
            while (run != null && run.isEnding()) {
                wait();
                run = live.get(id);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Answers a question of a run that waits.
     *
     * @param question its id; empty where there is only one
     * @param answer JSON
     */
    public GraphRun resume(Caller caller, String id, String question, String answer) {
        GraphRun run = find(caller, id).orElseThrow(() -> missing(id));
        PendingQuestion asked = asked(run, question);
        if (asked.kind().equals(PersonNodes.ASK) || asked.kind().equals(ToolNodes.ASK)) {
            PersonNodes.decision(answer);
        }
        if (isAnswered(caller, id)) {
            throw busy(id);
        }
        GraphCompiler compiler = compiler(caller);
        LiveRun next = loaded(caller, run);
        Graph<GraphInput, GraphOutput> graph = compiler.withWatcher(next).compile(next.content());
        synchronized (answering) {
            if (!next.goesOn()) {
                throw busy(id);
            }
            try {
                enter(next);
                store.reopened(caller, id);
                next.unsaved().ifPresent(unsaved -> save(next, unsaved));
                go(next, options -> engine.resume(graph, THREAD + id, Resume.answer(asked.id(), answer), options));
            } catch (RuntimeException e) {
                leave(next);
                next.waitsAgain();
                ended.invalidate(id);
                throw e;
            }
        }
        return next.state();
    }

    /** Whether somebody answered already, and only what is kept of the run does not say so yet. */
    private boolean isAnswered(Caller caller, String id) {
        return engine.threads(caller)
                .find(THREAD + id)
                .filter(state -> state.status() != ThreadStatus.INTERRUPTED)
                .isPresent();
    }

    private static PendingQuestion asked(GraphRun run, String question) {
        if (run.state() != RunState.WAITING) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The run is " + run.state().jsonName() + " and waits for no answer",
                    "Look at the run again");
        }
        List<PendingQuestion> fitting = run.waitingFor().stream()
                .filter(each -> question.isEmpty() || each.id().equals(question))
                .toList();
        if (fitting.size() != 1) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The run waits for " + run.waitingFor().size() + " answers, and "
                            + (question.isEmpty()
                                    ? "none was named"
                                    : StudioException.quote(question) + " is none of them"),
                    "Name one of "
                            + run.waitingFor().stream().map(PendingQuestion::id).toList());
        }
        return fitting.get(0);
    }

    private static StudioException busy(String id) {
        return new StudioException(
                ErrorCode.THREAD_BUSY,
                "The run " + StudioException.quote(id) + " goes on already",
                "Wait until it waits again, or ended");
    }

    /** A run as it is kept, to go on here. Subscribers of the run before go on with it. */
    private LiveRun loaded(Caller caller, GraphRun run) {
        return ended.get(run.id(), id -> {
            SavedGraph content = store.content(caller, id).orElseThrow(() -> missing(id));
            RunPlan plan = RunPlan.again(content, run);
            return new LiveRun(caller, RunPlan.renumbered(run), plan, studio.clock(), tellers, this);
        });
    }

    /** Takes up the runs that a process left behind; says of those that can't go on that they ended. */
    public void recover() {
        for (Map.Entry<String, Caller> open : store.open().entrySet()) {
            String id = open.getKey();
            if (!isClosing && !live.containsKey(id)) {
                try {
                    synchronized (answering) { // or an answer that comes now would be taken off the list again
                        if (!live.containsKey(id)) {
                            recover(open.getValue(), id);
                        }
                    }
                } catch (StudioException e) {
                    if (e.code() != ErrorCode.THREAD_BUSY) {
                        log.warn("Run {} of a process that ended could not be taken up", id, e);
                    }
                }
            }
        }
    }

    /** What is kept of a run may be older than what the engine knows of it: the engine is right. */
    private void recover(Caller caller, String id) {
        Optional<GraphRun> run = store.find(caller, id);
        Optional<ThreadState> thread = engine.threads(caller).find(THREAD + id);
        boolean isWaiting = run.filter(kept -> kept.state() == RunState.WAITING).isPresent() && !isAnswered(caller, id);
        if (run.isEmpty() || run.get().state().isEnded() || isWaiting) {
            store.closed(id);
            return;
        }
        Instant now = studio.clock().instant();
        boolean isGoing = thread.filter(state -> state.status() == ThreadStatus.RUNNING
                        && state.leaseUntil().isAfter(now))
                .isPresent();
        boolean isYoung = Duration.between(run.get().startedAt(), now).compareTo(Engine.DEFAULT_LEASE_TIME) < 0;
        boolean isKept = thread.filter(state -> state.head() > 0).isPresent();
        if (isGoing || (!isKept && isYoung)) {
            return; // another process is at it
        }
        LiveRun next = loaded(caller, run.get());
        if (store.isToStop(caller, id)) {
            next.cancelHere();
        } else if (!isKept) {
            next.fail(
                    new StudioException(
                            ErrorCode.RUN_INTERRUPTED,
                            "The process that ran it ended before the first step was kept",
                            "Run the graph again"),
                    "");
        } else {
            takeUp(caller, id, next, thread.orElseThrow().status());
        }
    }

    private void takeUp(Caller caller, String id, LiveRun next, ThreadStatus status) {
        Graph<GraphInput, GraphOutput> graph;
        try {
            graph = compiler(caller).withWatcher(next).compile(next.content());
        } catch (StudioException e) { // as when a tool that it uses is gone
            next.fail(e, "");
            return;
        }
        next.catchUp(passed(next, graph), List.of());
        if (status == ThreadStatus.FINISHED) {
            GraphOutput output =
                    engine.threads(caller).output(graph, THREAD + id).orElseThrow();
            next.catchUp(List.of(), output.skipped());
            next.finish(output.values());
        } else if (status == ThreadStatus.INTERRUPTED) {
            next.waitFor(engine.threads(caller).state(graph, THREAD + id).interrupts());
        } else {
            goOn(caller, id, next, graph);
        }
    }

    private void goOn(Caller caller, String id, LiveRun next, Graph<GraphInput, GraphOutput> graph) {
        takenUp.put(id, graph);
        taken.put(next, slots.enterAnyway(caller.tenant()));
        try {
            go(next, options -> engine.resume(graph, THREAD + id, Resume.goOn(), options));
        } catch (RuntimeException e) {
            takenUp.remove(id);
            ended.invalidate(id);
            throw e;
        }
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

    /** Leaves the runs that go on to the next process, and waits until they have written down how far they are. */
    public void close() throws InterruptedException {
        isClosing = true;
        beating.forEach(beat -> beat.cancel(false));
        beats.shutdownNow();
        engine.close();
        awaitEnds();
        saveAll();
        enders.shutdown();
        tellers.shutdown();
        enders.awaitTermination(MAX_ENDING.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** So that the next process can take the runs up at once, and not only when their leases are over. */
    private synchronized void awaitEnds() throws InterruptedException {
        long end = System.nanoTime() + MAX_ENDING.toNanos();
        for (long left = MAX_ENDING.toMillis(); !live.isEmpty() && left > 0; ) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }
}
