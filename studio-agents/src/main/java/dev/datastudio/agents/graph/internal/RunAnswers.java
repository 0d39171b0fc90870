package dev.datastudio.agents.graph.internal;

import dev.datastudio.agents.graph.GraphRun;
import dev.datastudio.agents.graph.PendingQuestion;
import dev.datastudio.agents.graph.RunState;
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
import java.util.List;
import java.util.function.Function;

/** Has runs that wait for a person go on with an answer. Thread-safe. */
final class RunAnswers {
    private final RunStore store;
    private final Engine engine;
    private final LiveRuns live;
    private final Function<Caller, GraphCompiler> compilers;
    private final Object goingOn;

    /** @param goingOn held while a run is made to go on */
    RunAnswers(
            RunStore store, Engine engine, LiveRuns live, Function<Caller, GraphCompiler> compilers, Object goingOn) {
        this.store = store;
        this.engine = engine;
        this.live = live;
        this.compilers = compilers;
        this.goingOn = goingOn;
    }

    /**
     * Answers a question.
     *
     * @param question its id; empty where there is only one
     * @param answer JSON
     */
    GraphRun give(Caller caller, GraphRun run, String question, String answer) {
        PendingQuestion asked = asked(run, question);
        if (asked.kind().equals(PersonNodes.ASK) || asked.kind().equals(ToolNodes.ASK)) {
            PersonNodes.decision(answer);
        }
        String id = run.id();
        if (isGiven(caller, id)) {
            throw busy(id);
        }
        GraphCompiler compiler = compilers.apply(caller);
        LiveRun next = live.loaded(caller, run);
        Graph<GraphInput, GraphOutput> graph = compiler.withWatcher(next).compile(next.content());
        synchronized (goingOn) {
            if (!next.goesOn()) {
                throw busy(id);
            }
            try {
                live.enter(next);
                store.reopened(caller, id);
                live.save(next);
                Resume how = Resume.answer(asked.id(), answer);
                live.go(next, options -> engine.resume(graph, LiveRuns.thread(id), how, options));
            } catch (RuntimeException e) {
                live.leave(next);
                next.waitsAgain();
                live.unload(id);
                throw e;
            }
        }
        return next.state();
    }

    /** Whether somebody answered already, and only what is kept of the run does not say so yet. */
    boolean isGiven(Caller caller, String run) {
        return engine.threads(caller)
                .find(LiveRuns.thread(run))
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
}
