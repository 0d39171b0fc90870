package dev.datastudio.agents.graph.internal;

import dev.datastudio.agents.graph.GraphRun;
import dev.datastudio.agents.graph.GraphRunEvent;
import dev.datastudio.agents.graph.NodeRun;
import dev.datastudio.agents.graph.NodeState;
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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A run as it stands while it goes on here: made of the engine's events and of what its nodes get and give. Thread-safe.
 */
final class LiveRun implements RunListener, NodeWatcher {
    private static final int MAX_STREAMED = 400_000;
    /** Nodes inside of others are listed as long as no more than these are. */
    private static final int MAX_SHOWN = 2_000;

    private static final Set<NodeState> OPEN =
            EnumSet.of(NodeState.IDLE, NodeState.QUEUED, NodeState.RUNNING, NodeState.WAITING);

    private final Caller caller;
    private final SavedGraph content;
    private final Map<String, NodeState> standIns;
    private final Map<String, RunPlan.Made> made;
    private final InstantSource clock;
    private final RunFeed feed;
    private final Ended ended;
    private final Map<String, NodeRun> nodes = new LinkedHashMap<>();
    private final Map<String, StringBuilder> streamed = new HashMap<>();
    private final Map<String, RunStore.Kept> unsaved = new HashMap<>();
    private final Map<String, Boolean> runGraphs = new HashMap<>();
    private GraphRun head;
    private boolean isDirty;
    /** Whether what is to be done at its end is being done, so that nobody may go on with it yet. */
    private boolean isEnding;

    /** Told on the engine's thread that the run ended or waits, before the subscribers are. */
    interface Ended {
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
        this.standIns = KeptNodes.states(content);
        this.made = plan.made();
        this.clock = clock;
        this.head = run;
        this.ended = ended;
        run.nodes().forEach(node -> {
            nodes.put(node.node(), node);
            streamed.put(node.node(), new StringBuilder(node.text()));
        });
        this.feed = new RunFeed(telling, run.sequence(), this::snapshot);
    }

    Caller caller() {
        return caller;
    }

    String id() {
        return head().id();
    }

    private synchronized GraphRun head() {
        return head;
    }

    SavedGraph content() {
        return content;
    }

    Map<String, RunPlan.Made> made() {
        return made;
    }

    /** The run as it stands. */
    synchronized GraphRun state() {
        List<NodeRun> all = new ArrayList<>(nodes.size());
        nodes.values().forEach(node -> all.add(withText(node)));
        return new GraphRun(
                head.id(),
                head.graph(),
                head.version(),
                head.target(),
                head.user(),
                head.state(),
                head.startedAt(),
                head.endedAt(),
                head.inputs(),
                head.outputs(),
                head.error(),
                all,
                head.waitingFor(),
                usage(),
                head.sequence());
    }

    private NodeRun withText(NodeRun node) {
        StringBuilder text = streamed.get(node.node());
        return text == null || text.length() == node.text().length()
                ? node
                : new NodeRun(
                        node.node(),
                        node.state(),
                        node.startedAt(),
                        node.took(),
                        node.inputs(),
                        node.outputs(),
                        node.extent(),
                        text.toString(),
                        node.error(),
                        node.usage(),
                        node.rounds());
    }

    private NodeUsage usage() {
        NodeUsage sum = NodeUsage.NONE;
        for (NodeRun node : nodes.values()) {
            sum = Places.isInner(node.node()) ? sum : sum.plus(node.usage());
        }
        return sum;
    }

    private GraphRunEvent snapshot() {
        GraphRun now = state();
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
        if (!isDirty) {
            return Optional.empty();
        }
        isDirty = false;
        Unsaved all = new Unsaved(state(), Map.copyOf(unsaved));
        unsaved.clear();
        return Optional.of(all);
    }

    record Unsaved(GraphRun run, Map<String, RunStore.Kept> values) {}

    // What the nodes get and give

    @Override
    public void began(NodeContext context, String node, Values inputs) {
        began(node, inputs);
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

    private synchronized void began(String node, Values inputs) {
        goOn(node);
        ShownValues.Shown shown = ShownValues.of(inputs);
        change(
                node,
                before -> new NodeRun(
                        node,
                        standIn(node).orElse(NodeState.RUNNING),
                        Optional.of(clock.instant()),
                        Duration.ZERO,
                        Optional.of(shown.values()),
                        Optional.empty(),
                        shown.extent(),
                        "",
                        Optional.empty(),
                        before.usage(),
                        before.rounds() + 1));
        StringBuilder text = streamed.get(node);
        if (text != null) {
            text.setLength(0);
        }
        tell(node);
    }

    private synchronized void gave(String node, Values outputs) {
        ShownValues.Shown shown = ShownValues.of(outputs);
        change(
                node,
                before -> new NodeRun(
                        node,
                        before.state(),
                        before.startedAt(),
                        before.took(),
                        before.inputs(),
                        Optional.of(shown.values()),
                        shown.extent() == NodeRun.Extent.CUT ? NodeRun.Extent.CUT : before.extent(),
                        before.text(),
                        before.error(),
                        before.usage(),
                        before.rounds()));
        RunPlan.Made from = made.get(node);
        if (from != null) {
            RunStore.Kept.of(from, outputs).ifPresent(kept -> unsaved.put(node, kept));
        }
    }

    /** How a node shows that gives what it gave before or what is pinned; empty for one that works. */
    private Optional<NodeState> standIn(String node) {
        return Optional.ofNullable(standIns.get(node));
    }

    /** The node of the saved graph, or of one inside of it, that a node of the engine belongs to, listed from now on. */
    private String shown(String name) {
        String place = Places.of(name);
        if (Places.isInner(place) && nodes.size() < MAX_SHOWN && !nodes.containsKey(place)) {
            nodes.put(place, NodeRun.idle(place));
            streamed.put(place, new StringBuilder());
        }
        return place;
    }

    private void change(String node, UnaryOperator<NodeRun> change) {
        nodes.computeIfPresent(node, (id, before) -> change.apply(before));
        isDirty = true;
    }

    private void state(String node, NodeState state, Duration took, Optional<RunProblem> error) {
        change(
                node,
                before -> new NodeRun(
                        node,
                        state,
                        before.startedAt(),
                        took,
                        before.inputs(),
                        before.outputs(),
                        before.extent(),
                        streamed.getOrDefault(node, new StringBuilder()).toString(),
                        error,
                        before.usage(),
                        before.rounds()));
        tell(node);
    }

    private void tell(String node) {
        NodeRun now = nodes.get(node);
        if (now != null) {
            NodeRun whole = withText(now);
            feed.add(new GraphRunEvent.NodeChanged(next(), whole), weight(whole));
        }
    }

    private static long weight(NodeRun node) {
        return (long) node.text().length()
                + node.inputs().map(inputs -> inputs.toJson().length()).orElse(0)
                + node.outputs().map(outputs -> outputs.toJson().length()).orElse(0);
    }

    private long next() {
        long sequence = head.sequence() + 1;
        head = with(head.state(), head.endedAt(), head.outputs(), head.error(), head.waitingFor(), sequence);
        return sequence;
    }

    private GraphRun with(
            RunState state,
            Optional<Instant> endedAt,
            Optional<Values> outputs,
            Optional<RunProblem> error,
            List<PendingQuestion> waiting,
            long sequence) {
        return new GraphRun(
                head.id(),
                head.graph(),
                head.version(),
                head.target(),
                head.user(),
                state,
                head.startedAt(),
                endedAt,
                head.inputs(),
                outputs,
                error,
                head.nodes(),
                waiting,
                head.usage(),
                sequence);
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
                started();
            } else if (event instanceof RunEvent.StepStarted step) {
                step.nodes().stream().filter(Places::isNode).forEach(name -> queued(shown(name)));
            } else if (event instanceof RunEvent.NodeFinished finished) {
                finished(finished);
            } else if (event instanceof RunEvent.NodeFailed failed) {
                failed(failed);
            } else if (event instanceof RunEvent.NodeInterrupted interrupted) {
                waits(interrupted.node());
            } else if (event instanceof RunEvent.NodeCancelled cancelled) {
                Places.around(shown(cancelled.node()))
                        .forEach(node -> state(node, NodeState.CANCELLED, since(node), Optional.empty()));
            } else if (event instanceof RunEvent.TokenProduced token) {
                Places.around(shown(token.node())).forEach(node -> token(node, token.text()));
            } else if (event instanceof RunEvent.Custom custom) {
                custom(shown(custom.node()), custom.value());
            }
        }
    }

    private void custom(String node, Object value) {
        if (value instanceof NodeUsage usage) {
            Places.around(node).forEach(each -> used(each, usage));
        } else if (value instanceof InnerValues values) {
            if (values.isGiven()) {
                began(node, values.values());
            } else {
                gave(node, values.values());
            }
        }
    }

    private void started() {
        head = with(RunState.RUNNING, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), head.sequence());
        changed();
    }

    private void changed() {
        isDirty = true;
        long sequence = next();
        GraphRun now = state();
        feed.add(new GraphRunEvent.RunChanged(sequence, now), weight(now));
    }

    private static long weight(GraphRun run) {
        return run.nodes().stream().mapToLong(LiveRun::weight).sum();
    }

    /** What is around a node that goes on waits no longer. */
    private void goOn(String place) {
        for (String node : Places.around(place)) {
            NodeRun now = nodes.get(node);
            if (now != null && now.state() == NodeState.WAITING && !node.equals(place)) {
                state(node, NodeState.RUNNING, Duration.ZERO, Optional.empty());
            }
        }
    }

    private void queued(String name) {
        NodeRun node = nodes.get(name);
        if (node != null && node.state() != NodeState.RUNNING && standIn(name).isEmpty()) {
            state(name, NodeState.QUEUED, Duration.ZERO, Optional.empty());
        }
    }

    private void finished(RunEvent.NodeFinished event) {
        String node = shown(event.node());
        boolean isNode = Places.isNode(event.node());
        if (isNode && GraphOutput.isSkip(event.update())) {
            state(node, NodeState.SKIPPED, Duration.ZERO, Optional.empty());
        } else if (isNode && !runsGraph(node)) {
            state(node, standIn(node).orElse(NodeState.DONE), event.took(), Optional.empty());
        } else if (Places.isEnd(event.node()) && isIn(node, NodeState.RUNNING)) {
            state(node, NodeState.DONE, since(node), Optional.empty());
        }
    }

    private boolean isIn(String node, NodeState state) {
        NodeRun now = nodes.get(node);
        return now != null && now.state() == state;
    }

    private boolean runsGraph(String node) {
        return runGraphs.computeIfAbsent(
                node,
                place -> Places.node(content, place).filter(Wires::runsGraph).isPresent());
    }

    private Duration since(String node) {
        return Optional.ofNullable(nodes.get(node))
                .flatMap(NodeRun::startedAt)
                .map(at -> Duration.between(at, clock.instant()))
                .filter(took -> !took.isNegative())
                .orElse(Duration.ZERO);
    }

    private void failed(RunEvent.NodeFailed event) {
        for (String node : Places.around(shown(event.node()))) {
            NodeRun now = nodes.get(node);
            if (now != null && now.state() != NodeState.FAILED) {
                state(node, NodeState.FAILED, since(node), Optional.of(RunProblem.of(event.error(), node)));
            }
        }
    }

    private void token(String node, String text) {
        StringBuilder all = streamed.get(node);
        if (all == null || all.length() + text.length() > MAX_STREAMED) {
            return;
        }
        all.append(text); // not worth writing down: a node that is cut off begins again
        feed.add(new GraphRunEvent.TokenWritten(next(), node, text), text.length());
    }

    private void used(String node, NodeUsage usage) {
        change(
                node,
                before -> new NodeRun(
                        node,
                        before.state(),
                        before.startedAt(),
                        before.took(),
                        before.inputs(),
                        before.outputs(),
                        before.extent(),
                        before.text(),
                        before.error(),
                        before.usage().plus(usage),
                        before.rounds()));
    }

    private void ended(RunEvent.Terminal event) {
        boolean isLeft = event instanceof RunEvent.RunCancelled && ended.isClosing();
        if (event instanceof RunEvent.RunFinished) {
            ended.finished(this); // the output comes with the outcome
            return;
        }
        if (isLeft) {
            ended.left(this);
            return;
        }
        if (event instanceof RunEvent.RunInterrupted interrupted) {
            end(RunState.WAITING, Optional.empty(), Optional.empty(), questions(interrupted.interrupts()));
        } else if (event instanceof RunEvent.RunFailed failed) {
            fail(failed.error(), failed.node().map(Places::top).orElse(""));
        } else {
            end(RunState.CANCELLED, Optional.empty(), Optional.empty(), List.of());
        }
    }

    /** Ends it as failed. */
    void fail(StudioException error, String node) {
        end(RunState.FAILED, Optional.empty(), Optional.of(RunProblem.of(error, node)), List.of());
    }

    /** Ends it with what it gave. */
    void finish(Values outputs) {
        end(RunState.DONE, Optional.of(ShownValues.of(outputs).values()), Optional.empty(), List.of());
    }

    /** Takes a run that waits for going on; whether it waited, which it does for one who asks only. */
    synchronized boolean goesOn() {
        if (head.state() != RunState.WAITING || isEnding) {
            return false;
        }
        head = with(
                RunState.QUEUED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                head.waitingFor(),
                head.sequence());
        isDirty = true;
        return true;
    }

    /** Has it wait for a person, as its engine says that it does. */
    void waitFor(List<Interrupt> interrupts) {
        interrupts.forEach(interrupt -> waits(interrupt.node()));
        end(RunState.WAITING, Optional.empty(), Optional.empty(), questions(interrupts));
    }

    private synchronized void waits(String node) {
        Places.around(shown(node)).forEach(each -> state(each, NodeState.WAITING, Duration.ZERO, Optional.empty()));
    }

    /** Undoes {@link #goesOn} when it could not go on. */
    synchronized void waitsAgain() {
        head = with(
                RunState.WAITING,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                head.waitingFor(),
                head.sequence());
    }

    /**
     * Takes over from a process that ended what it had no time to write down.
     *
     * @param done the engine's names of nodes that it knows to have ended
     * @param skipped the ids of those among them that were reached without what they need
     */
    synchronized void catchUp(Collection<String> done, Collection<String> skipped) {
        Set<String> ended = done.stream().map(Places::top).collect(Collectors.toSet());
        for (NodeRun now : List.copyOf(nodes.values())) {
            // Of nodes inside of one that ended, those that never began may have been left out.
            boolean isOpen =
                    OPEN.contains(now.state()) && (now.state() != NodeState.IDLE || !Places.isInner(now.node()));
            if (isOpen && ended.contains(Places.top(now.node()))) {
                state(now.node(), standIn(now.node()).orElse(NodeState.DONE), now.took(), Optional.empty());
            }
        }
        for (String node : skipped) {
            if (isIn(node, NodeState.DONE)) {
                state(node, NodeState.SKIPPED, Duration.ZERO, Optional.empty());
            }
        }
    }

    /** Whether it has come to its end, or waits, and that is being written down. */
    synchronized boolean isEnding() {
        return isEnding;
    }

    /** Ends one that does not go on here. */
    void cancelHere() {
        end(RunState.CANCELLED, Optional.empty(), Optional.empty(), List.of());
    }

    private void end(
            RunState state, Optional<Values> outputs, Optional<RunProblem> error, List<PendingQuestion> questions) {
        GraphRun now;
        synchronized (this) {
            boolean isOver = state != RunState.WAITING;
            if (isOver) {
                settle();
            }
            head = with(
                    state,
                    isOver ? Optional.of(clock.instant()) : Optional.empty(),
                    outputs,
                    error,
                    questions,
                    head.sequence() + 1);
            isDirty = true;
            isEnding = true;
            now = state();
        }
        try {
            ended.ended(this, now);
        } finally {
            synchronized (this) {
                isEnding = false;
            }
        }
        feed.add(
                state == RunState.WAITING
                        ? new GraphRunEvent.RunChanged(now.sequence(), now)
                        : new GraphRunEvent.RunEnded(now.sequence(), now),
                weight(now));
    }

    /** Nothing goes on in a run that is over. */
    private void settle() {
        for (NodeRun node : List.copyOf(nodes.values())) {
            if (node.state() == NodeState.QUEUED) {
                state(node.node(), NodeState.IDLE, Duration.ZERO, Optional.empty());
            } else if (node.state() == NodeState.RUNNING || node.state() == NodeState.WAITING) {
                state(node.node(), NodeState.CANCELLED, since(node.node()), Optional.empty());
            }
        }
    }

    private List<PendingQuestion> questions(List<Interrupt> interrupts) {
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
}
