package dev.datastudio.agents.graph.internal;

import dev.datastudio.agents.graph.GraphRun;
import dev.datastudio.agents.graph.GraphRunEvent;
import dev.datastudio.agents.graph.NodeUsage;
import dev.datastudio.agents.graph.PendingQuestion;
import dev.datastudio.agents.graph.RunProblem;
import dev.datastudio.agents.graph.RunState;
import dev.datastudio.agents.graph.RunSubscription;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.event.Interrupt;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.event.RunListener;
import dev.datastudio.graph.json.GraphOutput;
import dev.datastudio.graph.json.NodeWatcher;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.Values;
import dev.datastudio.graph.json.internal.PortValue;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A run that goes on here: what the engine says and what its nodes get and give becomes what is shown of it, is told to
 * whoever looks on, and is written down by and by. Thread-safe.
 */
final class LiveRun implements RunListener, NodeWatcher {
    private final Caller caller;
    private final SavedGraph content;
    private final Map<String, RunPlan.Made> made;
    private final RunFeed feed;
    private final Ended ended;
    private final ShownRun shown;
    private final Map<String, RunStore.Kept> unsaved = new HashMap<>();
    /** Whether what is to be done at its end is being done, so that nobody may go on with it yet. */
    private boolean isEnding;

    /** Told on the engine's thread that the run ended or waits, before the subscribers are. */
    interface Ended {
        /** Told before anybody can see it: who sees that a run is over may begin the next. */
        void ending(LiveRun run);

        void ended(LiveRun run, GraphRun state);

        /** Told on the engine's thread that the run reached its end, for {@link LiveRun#finish}. */
        void finished(LiveRun run);

        /** Told on the engine's thread that the run was left, for another process to go on with. */
        void left(LiveRun run);

        /** Whether the studio is being closed, so that a run that is ended goes on later. */
        boolean isClosing();
    }

    LiveRun(Caller caller, GraphRun run, RunPlan plan, InstantSource clock, Executor telling, Ended ended) {
        this.caller = caller;
        this.content = plan.content();
        this.made = plan.made();
        this.ended = ended;
        this.feed = new RunFeed(telling, run.sequence(), this::snapshot);
        this.shown = new ShownRun(run, content, clock, feed);
    }

    Caller caller() {
        return caller;
    }

    synchronized String id() {
        return shown.head().id();
    }

    SavedGraph content() {
        return content;
    }

    /** The run as it stands. */
    synchronized GraphRun state() {
        return shown.whole();
    }

    private GraphRunEvent snapshot() {
        return event(state());
    }

    private static GraphRunEvent event(GraphRun now) {
        return now.state().isEnded()
                ? new GraphRunEvent.RunEnded(now.sequence(), now)
                : new GraphRunEvent.RunChanged(now.sequence(), now);
    }

    RunSubscription subscribe(long after, Consumer<GraphRunEvent> listener) {
        return feed.subscribe(after, listener);
    }

    /** Whether somebody is told of it. */
    boolean isWatched() {
        return feed.isWatched();
    }

    /** What must be written down now; empty when nothing changed since it was last asked. */
    synchronized Optional<Unsaved> unsaved() {
        Optional<Unsaved> all = shown.changed().map(run -> new Unsaved(run, Map.copyOf(unsaved)));
        all.ifPresent(any -> unsaved.clear());
        return all;
    }

    /**
     * What is not written down.
     *
     * @param values what nodes gave last
     */
    record Unsaved(GraphRun run, Map<String, RunStore.Kept> values) {}

    // What the nodes get and give

    @Override
    public void began(NodeContext context, String node, Values inputs) {
        synchronized (this) {
            shown.began(node, inputs);
        }
    }

    @Override
    public void gave(NodeContext context, String node, Values outputs) {
        gave(node, outputs);
    }

    /** The events of the engine say inside of which node it is, which the context does not. */
    @Override
    public NodeWatcher inside() {
        return InnerValues.WATCHER;
    }

    private synchronized void gave(String node, Values outputs) {
        shown.gave(node, outputs);
        RunPlan.Made from = made.get(node);
        if (from != null) {
            RunStore.Kept.of(from, outputs).ifPresent(kept -> unsaved.put(node, kept));
        }
    }

    // What the engine says

    @Override
    public void onEvent(RunEvent event) {
        if (event instanceof RunEvent.Terminal terminal) {
            ended(terminal);
            return;
        }
        synchronized (this) {
            if (event instanceof RunEvent.RunStarted) {
                shown.tell(RunState.RUNNING);
            } else if (event instanceof RunEvent.StepStarted step) {
                step.nodes().stream().filter(Places::isNode).forEach(name -> shown.queued(shown.listed(name)));
            } else if (event instanceof RunEvent.NodeFinished finished) {
                finished(finished);
            } else if (event instanceof RunEvent.NodeFailed failed) {
                around(failed.node()).forEach(node -> shown.failed(node, RunProblem.of(failed.error(), node)));
            } else if (event instanceof RunEvent.NodeInterrupted interrupted) {
                around(interrupted.node()).forEach(shown::waits);
            } else if (event instanceof RunEvent.NodeCancelled cancelled) {
                around(cancelled.node()).forEach(shown::cancelled);
            } else if (event instanceof RunEvent.TokenProduced token) {
                around(token.node()).forEach(node -> shown.wrote(node, token.text()));
            } else if (event instanceof RunEvent.Custom custom) {
                custom(shown.listed(custom.node()), custom.value());
            }
        }
    }

    /** The node that one of the engine's belongs to, and those that it is inside of. */
    private List<String> around(String name) {
        return Places.around(shown.listed(name));
    }

    private void finished(RunEvent.NodeFinished event) {
        String node = shown.listed(event.node());
        boolean isNode = Places.isNode(event.node());
        if (isNode && GraphOutput.isSkip(event.update())) {
            shown.skipped(node);
        } else if (isNode) {
            shown.done(node, event.took());
        } else if (Places.isEnd(event.node())) {
            shown.endedInside(node);
        }
    }

    private void custom(String node, Object value) {
        if (value instanceof NodeUsage usage) {
            Places.around(node).forEach(each -> shown.used(each, usage));
        } else if (value instanceof InnerValues values && values.isGiven()) {
            shown.began(node, values.values());
        } else if (value instanceof InnerValues values) {
            gave(node, values.values());
        }
    }

    private void ended(RunEvent.Terminal event) {
        if (event instanceof RunEvent.RunFinished) {
            ended.finished(this); // the output comes with the outcome
        } else if (event instanceof RunEvent.RunCancelled && ended.isClosing()) {
            ended.left(this);
        } else if (event instanceof RunEvent.RunInterrupted interrupted) {
            end(RunState.WAITING, Optional.empty(), Optional.empty(), questions(interrupted.interrupts()));
        } else if (event instanceof RunEvent.RunFailed failed) {
            fail(failed.error(), failed.node().map(Places::top).orElse(""));
        } else {
            cancelHere();
        }
    }

    // Its end

    /** Ends it as failed. */
    void fail(StudioException error, String node) {
        end(RunState.FAILED, Optional.empty(), Optional.of(RunProblem.of(error, node)), List.of());
    }

    /** Ends it with what it gave. */
    void finish(Values outputs) {
        end(RunState.DONE, Optional.of(ShownValues.of(outputs).values()), Optional.empty(), List.of());
    }

    /** Ends one that does not go on here. */
    void cancelHere() {
        end(RunState.CANCELLED, Optional.empty(), Optional.empty(), List.of());
    }

    /** Has it wait for a person, as its engine says that it does. */
    void waitFor(List<Interrupt> interrupts) {
        synchronized (this) {
            interrupts.forEach(interrupt -> around(interrupt.node()).forEach(shown::waits));
        }
        end(RunState.WAITING, Optional.empty(), Optional.empty(), questions(interrupts));
    }

    private void end(
            RunState state, Optional<Values> outputs, Optional<RunProblem> error, List<PendingQuestion> questions) {
        GraphRun now;
        ended.ending(this);
        synchronized (this) {
            isEnding = true;
            now = shown.end(state, outputs, error, questions);
        }
        try {
            ended.ended(this, now);
        } finally {
            synchronized (this) {
                isEnding = false;
            }
            feed.add(event(now), ShownRun.weight(now)); // also where it could not be kept: nobody waits for ever
        }
    }

    /** Whether it has come to its end, or waits, and that is being written down. */
    synchronized boolean isEnding() {
        return isEnding;
    }

    private static List<PendingQuestion> questions(List<Interrupt> interrupts) {
        List<PendingQuestion> questions = new ArrayList<>();
        for (Interrupt interrupt : interrupts) {
            String node = Places.top(interrupt.node());
            Values asked = interrupt
                    .question()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .filter(text -> text.startsWith("{"))
                    .map(PortValue::object)
                    .orElseGet(() -> Values.of(
                            "question",
                            interrupt.question().map(String::valueOf).orElse("")));
            questions.add(new PendingQuestion(
                    interrupt.id(),
                    node,
                    asked.text("kind", interrupt.key().isEmpty() ? "question" : interrupt.key()),
                    asked.text("question", ""),
                    ShownValues.of(asked.all().get("value"))));
        }
        return questions;
    }

    // Going on

    /** Takes a run that waits for going on; whether it waited, which it does for one who asks only. */
    synchronized boolean goesOn() {
        GraphRun head = shown.head();
        if (head.state() != RunState.WAITING || isEnding) {
            return false;
        }
        shown.stand(RunState.QUEUED, head.waitingFor());
        return true;
    }

    /** Undoes {@link #goesOn} when it could not go on. */
    synchronized void waitsAgain() {
        shown.stand(RunState.WAITING, shown.head().waitingFor());
    }

    /** As {@link ShownRun#catchUp}. */
    synchronized void catchUp(Collection<String> done, Collection<String> skipped) {
        shown.catchUp(done, skipped);
    }
}
