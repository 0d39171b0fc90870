package dev.datastudio.agents.graph.internal;

import dev.datastudio.agents.graph.GraphRun;
import dev.datastudio.agents.graph.RunState;
import dev.datastudio.api.checkpoint.ThreadState;
import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.json.GraphCompiler;
import dev.datastudio.graph.json.GraphInput;
import dev.datastudio.graph.json.GraphOutput;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.Resume;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up the runs that a process left behind; says of those that can't go on that they ended. What is kept of a run may
 * be older than what the engine knows of it: the engine is right. Thread-safe.
 */
final class RunRecovery {
    private static final Logger log = LoggerFactory.getLogger(RunRecovery.class);

    private final RunStore store;
    private final Engine engine;
    private final LiveRuns live;
    private final RunAnswers answers;
    private final PassedNodes passed;
    private final Function<Caller, GraphCompiler> compilers;
    private final InstantSource clock;
    private final Object goingOn;

    /** @param goingOn held while a run is made to go on */
    RunRecovery(
            RunStore store,
            Engine engine,
            LiveRuns live,
            RunAnswers answers,
            PassedNodes passed,
            Function<Caller, GraphCompiler> compilers,
            InstantSource clock,
            Object goingOn) {
        this.store = store;
        this.engine = engine;
        this.live = live;
        this.answers = answers;
        this.passed = passed;
        this.compilers = compilers;
        this.clock = clock;
        this.goingOn = goingOn;
    }

    /** Looks at all runs that are under way. */
    void recover() {
        for (Map.Entry<String, Caller> open : store.open().entrySet()) {
            String id = open.getKey();
            if (live.isClosing() || live.goesOn(id)) {
                continue;
            }
            try {
                synchronized (goingOn) { // or an answer that comes now would be taken off the list again
                    if (!live.goesOn(id)) {
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

    private void recover(Caller caller, String id) {
        Optional<GraphRun> run = store.find(caller, id);
        Optional<ThreadState> thread = engine.threads(caller).find(LiveRuns.thread(id));
        boolean isWaiting =
                run.filter(kept -> kept.state() == RunState.WAITING).isPresent() && !answers.isGiven(caller, id);
        if (run.isEmpty() || run.get().state().isEnded() || isWaiting) {
            store.closed(caller.tenant(), id);
            return;
        }
        Instant now = clock.instant();
        boolean isGoing = thread.filter(state -> state.status() == ThreadStatus.RUNNING
                        && state.leaseUntil().isAfter(now))
                .isPresent();
        boolean isYoung = Duration.between(run.get().startedAt(), now).compareTo(Engine.DEFAULT_LEASE_TIME) < 0;
        boolean isKept = thread.filter(state -> state.head() > 0).isPresent();
        if (isGoing || (!isKept && isYoung)) {
            return; // another process is at it
        }
        LiveRun next = live.loaded(caller, run.get());
        if (store.isToStop(caller, id)) {
            next.cancelHere();
            return;
        }
        compiled(next).ifPresent(graph -> {
            if (isKept) {
                takeUp(next, graph, thread.orElseThrow().status());
            } else {
                beginAgain(next, graph);
            }
        });
    }

    /** Its graph, unless that can't run any more, as when a tool that it uses is gone; then the run fails. */
    private Optional<Graph<GraphInput, GraphOutput>> compiled(LiveRun run) {
        try {
            return Optional.of(compilers.apply(run.caller()).withWatcher(run).compile(run.content()));
        } catch (StudioException e) {
            run.fail(e, "");
            return Optional.empty();
        }
    }

    /** The engine kept nothing of it, so nothing that it did had an effect. */
    private void beginAgain(LiveRun run, Graph<GraphInput, GraphOutput> graph) {
        Optional<GraphInput> input = store.input(run.caller(), run.id());
        if (input.isEmpty()) {
            run.fail(
                    new StudioException(
                            ErrorCode.RUN_INTERRUPTED,
                            "The process that ran it ended before the first step was kept, and its inputs are too large"
                                    + " to be kept before",
                            "Run the graph again"),
                    "");
            return;
        }
        goOn(run, options -> engine.start(graph, input.get(), options));
    }

    private void takeUp(LiveRun run, Graph<GraphInput, GraphOutput> graph, ThreadStatus status) {
        String thread = LiveRuns.thread(run.id());
        passed.show(run, graph);
        if (status == ThreadStatus.FINISHED) {
            GraphOutput output =
                    engine.threads(run.caller()).output(graph, thread).orElseThrow();
            run.catchUp(List.of(), output.skipped());
            run.finish(output.values());
        } else if (status == ThreadStatus.INTERRUPTED) {
            run.waitFor(engine.threads(run.caller()).state(graph, thread).interrupts());
        } else {
            passed.takenUp(run.id(), graph);
            goOn(run, options -> engine.resume(graph, thread, Resume.goOn(), options));
        }
    }

    private void goOn(LiveRun run, LiveRuns.Start start) {
        live.enterAgain(run);
        try {
            live.go(run, start);
        } catch (RuntimeException e) {
            passed.forget(run.id());
            live.unload(run.id());
            throw e;
        }
    }
}
