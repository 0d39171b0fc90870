package dev.datastudio.agents.graph.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datastudio.agents.graph.GraphRun;
import dev.datastudio.agents.graph.GraphRunLimits;
import dev.datastudio.agents.graph.RunState;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.usage.TenantSlots;
import dev.datastudio.graph.event.RunId;
import dev.datastudio.graph.json.GraphOutput;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.run.Budget;
import dev.datastudio.graph.run.Run;
import dev.datastudio.graph.run.RunOptions;
import dev.datastudio.graph.run.RunOutcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs that go on in this process, and for a while those that ended, so that somebody who was cut off finds the rest.
 * Thread-safe.
 */
final class LiveRuns implements LiveRun.Ended {
    private static final Logger log = LoggerFactory.getLogger(LiveRuns.class);
    private static final String THREAD = "graph:";
    private static final int TELLERS = 8;
    private static final int ENDERS = 2;
    private static final int MAX_ENDED = 200;
    private static final Duration ENDED = Duration.ofMinutes(5);
    private static final Duration MAX_ENDING = Duration.ofSeconds(10);

    private final RunStore store;
    private final GraphRunLimits limits;
    private final InstantSource clock;
    private final PassedNodes passed;
    private final TenantSlots slots;
    private final Map<String, LiveRun> live = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Run<GraphOutput>>> handles = new ConcurrentHashMap<>();
    private final Map<LiveRun, TenantSlots.Slot> taken = new ConcurrentHashMap<>();
    private final Cache<String, LiveRun> ended = Caffeine.newBuilder()
            .maximumSize(MAX_ENDED)
            .expireAfterAccess(ENDED)
            .build();
    private final ThreadPoolExecutor tellers = pool(TELLERS, "studio-graph-tell");
    private final ThreadPoolExecutor enders = pool(ENDERS, "studio-graph-end");
    private volatile boolean isClosing;

    /** @param passed is told when a run is over */
    LiveRuns(RunStore store, GraphRunLimits limits, InstantSource clock, PassedNodes passed) {
        this.store = store;
        this.limits = limits;
        this.clock = clock;
        this.passed = passed;
        this.slots = TenantSlots.of(limits.concurrentRuns(), "runs");
    }

    private static ThreadPoolExecutor pool(int threads, String name) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(threads, threads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, name);
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** The name of the engine's thread of a run. */
    static String thread(String run) {
        return THREAD + run;
    }

    /** What tells subscribers. */
    Executor tellers() {
        return tellers;
    }

    // Beginning

    /** A run to go on here. */
    LiveRun made(Caller caller, GraphRun run, RunPlan plan) {
        return new LiveRun(caller, run, plan, clock, tellers, this);
    }

    /** A run as it is kept, to go on here. Subscribers of the run before go on with it. */
    LiveRun loaded(Caller caller, GraphRun run) {
        return ended.get(run.id(), id -> {
            SavedGraph content = store.content(caller, id).orElseThrow(() -> GraphRunner.missing(id));
            return made(caller, RunPlan.renumbered(run), RunPlan.again(content, run));
        });
    }

    /** Has {@link #loaded} make a run anew. */
    void unload(String run) {
        ended.invalidate(run);
    }

    /** Takes one of the places that the tenant has; gives it back with {@link #leave}, or at the run's end. */
    void enter(LiveRun run) {
        if (isClosing) {
            throw new IllegalStateException("The studio is closed; open it again to run graphs");
        }
        taken.put(run, slots.enter(run.caller().tenant()));
    }

    /** As {@link #enter}, where it went on before, so that there was a place for it. */
    void enterAgain(LiveRun run) {
        taken.put(run, slots.enterAnyway(run.caller().tenant()));
    }

    void leave(LiveRun run) {
        TenantSlots.Slot slot = taken.remove(run);
        if (slot != null) {
            slot.close();
        }
    }

    /** Has the engine do something. */
    interface Start {
        Run<GraphOutput> run(RunOptions options);
    }

    /** Has a run go on here that has a place. */
    void go(LiveRun run, Start start) {
        CompletableFuture<Run<GraphOutput>> handle = new CompletableFuture<>();
        live.put(run.id(), run);
        handles.put(run.id(), handle);
        RunOptions options = RunOptions.builder()
                .id(new RunId(run.id()))
                .caller(run.caller())
                .listener(run)
                .keptEvents(0)
                .thread(thread(run.id()))
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

    // Looking

    boolean goesOn(String run) {
        return live.containsKey(run);
    }

    /** A run of a caller that is known here as it stands. */
    Optional<LiveRun> find(Caller caller, String id) {
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
            unload(run.id());
        }
        return isOutdated;
    }

    /** Keeps those that somebody looks at. */
    void touchWatched() {
        ended.asMap().values().stream()
                .filter(LiveRun::isWatched)
                .forEach(run -> ended.asMap().replace(run.id(), run));
    }

    // Writing down

    void saveAll() {
        live.values().forEach(this::save);
    }

    /** Writes down what changed. */
    void save(LiveRun run) {
        run.unsaved().ifPresent(unsaved -> {
            try {
                store.save(run.caller(), unsaved.run(), unsaved.values());
            } catch (StudioException e) {
                log.error("How run {} stands could not be kept", run.id(), e);
            }
        });
    }

    // Ending

    /** Ends those that somebody asked to end elsewhere. */
    void stopAsked() {
        for (LiveRun run : live.values()) {
            if (store.isToStop(run.caller(), run.id())) {
                stop(run.id());
            }
        }
    }

    /** Ends a run; false when it does not go on here. */
    boolean stop(String id) {
        CompletableFuture<Run<GraphOutput>> handle = handles.get(id);
        if (handle == null) {
            return false;
        }
        CompletableFuture<Void> asked = handle.thenAccept(Run::cancel);
        return !asked.isCompletedExceptionally();
    }

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

    private void finish(LiveRun run, Run<GraphOutput> done) {
        RunOutcome<GraphOutput> outcome = done.outcome();
        if (outcome instanceof RunOutcome.Finished<GraphOutput> finished) {
            passed.finished(run, finished.output());
            run.finish(finished.output().values());
        } else if (outcome instanceof RunOutcome.Failed<GraphOutput> failed) {
            run.fail(failed.error(), "");
        } else {
            throw new AssertionError(outcome);
        }
    }

    @Override
    public void ending(LiveRun run) {
        leave(run);
    }

    @Override
    public void ended(LiveRun run, GraphRun state) {
        if (state.state() == RunState.WAITING) {
            passed.waits(run);
        }
        save(run);
        ended.put(run.id(), run);
        over(run);
        try {
            store.closed(run.caller().tenant(), run.id());
        } catch (StudioException e) {
            log.warn("Run {} stays on the list of what is under way; it is looked at again", run.id(), e);
        }
    }

    @Override
    public void left(LiveRun run) {
        save(run);
        leave(run);
        over(run);
    }

    private synchronized void over(LiveRun run) {
        passed.forget(run.id());
        live.remove(run.id(), run);
        handles.remove(run.id());
        notifyAll();
    }

    /** Waits: a run that has come to its end, or waits, is under way no longer once that is written down. */
    synchronized void awaitWritten(String id) {
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

    // Closing

    @Override
    public boolean isClosing() {
        return isClosing;
    }

    /** From now on no run begins, and one that the engine ends is left to the next process. */
    void beginClosing() {
        isClosing = true;
    }

    /** Waits until all have written down how far they are, after the engine was closed. */
    void close() throws InterruptedException {
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
