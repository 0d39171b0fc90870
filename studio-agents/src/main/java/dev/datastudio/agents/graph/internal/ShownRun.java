package dev.datastudio.agents.graph.internal;

import dev.datastudio.agents.graph.GraphRun;
import dev.datastudio.agents.graph.GraphRunEvent;
import dev.datastudio.agents.graph.NodeRun;
import dev.datastudio.agents.graph.NodeState;
import dev.datastudio.agents.graph.NodeUsage;
import dev.datastudio.agents.graph.PendingQuestion;
import dev.datastudio.agents.graph.RunProblem;
import dev.datastudio.agents.graph.RunState;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.Values;
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
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What is shown of a run: how it stands, its nodes with their values and texts. Each change is told to the feed under the
 * next number. Not thread-safe; its {@link LiveRun} guards it.
 */
final class ShownRun {
    private static final int MAX_STREAMED = 400_000;
    /** Nodes inside of others are listed as long as no more than these are. */
    private static final int MAX_SHOWN = 2_000;

    private static final Set<NodeState> OPEN =
            EnumSet.of(NodeState.IDLE, NodeState.QUEUED, NodeState.RUNNING, NodeState.WAITING);

    private final SavedGraph content;
    private final Map<String, NodeState> standIns;
    private final InstantSource clock;
    private final RunFeed feed;
    private final Map<String, NodeRun> nodes = new LinkedHashMap<>();
    private final Map<String, StringBuilder> streamed = new HashMap<>();
    private final Map<String, Boolean> runGraphs = new HashMap<>();
    private GraphRun head;
    private boolean isDirty;

    /** @param content what the engine runs */
    ShownRun(GraphRun run, SavedGraph content, InstantSource clock, RunFeed feed) {
        this.head = run;
        this.content = content;
        this.standIns = KeptNodes.states(content);
        this.clock = clock;
        this.feed = feed;
        run.nodes().forEach(node -> {
            nodes.put(node.node(), node);
            streamed.put(node.node(), new StringBuilder(node.text()));
        });
    }

    // As it stands

    /** The run without what its nodes did since it was begun or loaded. */
    GraphRun head() {
        return head;
    }

    /** The whole run. */
    GraphRun whole() {
        List<NodeRun> all = new ArrayList<>(nodes.size());
        nodes.values().forEach(node -> all.add(withText(node)));
        return with(head, all, usage());
    }

    private NodeRun withText(NodeRun node) {
        StringBuilder text = streamed.get(node.node());
        return text == null || text.length() == node.text().length() ? node : NodeChanges.text(node, text.toString());
    }

    private NodeUsage usage() {
        NodeUsage sum = NodeUsage.NONE;
        for (NodeRun node : nodes.values()) {
            sum = Places.isInner(node.node()) ? sum : sum.plus(node.usage());
        }
        return sum;
    }

    private static GraphRun with(GraphRun head, List<NodeRun> nodes, NodeUsage usage) {
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
                nodes,
                head.waitingFor(),
                usage,
                head.sequence());
    }

    /** The whole run if it changed since this was last asked, to be written down. */
    Optional<GraphRun> changed() {
        boolean isChanged = isDirty;
        isDirty = false;
        return isChanged ? Optional.of(whole()) : Optional.empty();
    }

    // The run

    /** Has it stand otherwise, under the same number; nobody is told. */
    void stand(RunState state, List<PendingQuestion> waiting) {
        stand(state, Optional.empty(), Optional.empty(), Optional.empty(), waiting, head.sequence());
        isDirty = true;
    }

    /** Has it stand otherwise, and tells of it. */
    void tell(RunState state) {
        stand(state, List.of());
        long sequence = next();
        GraphRun now = whole();
        feed.add(new GraphRunEvent.RunChanged(sequence, now), weight(now));
    }

    /** Has it end, or wait, under the next number; gives how it stands then, for subscribers to be told. */
    GraphRun end(
            RunState state, Optional<Values> outputs, Optional<RunProblem> error, List<PendingQuestion> questions) {
        boolean isOver = state != RunState.WAITING;
        if (isOver) {
            settle();
        }
        Optional<Instant> endedAt = isOver ? Optional.of(clock.instant()) : Optional.empty();
        stand(state, endedAt, outputs, error, questions, head.sequence() + 1);
        isDirty = true;
        return whole();
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

    private void stand(
            RunState state,
            Optional<Instant> endedAt,
            Optional<Values> outputs,
            Optional<RunProblem> error,
            List<PendingQuestion> waiting,
            long sequence) {
        head = new GraphRun(
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

    private long next() {
        long sequence = head.sequence() + 1;
        stand(head.state(), head.endedAt(), head.outputs(), head.error(), head.waitingFor(), sequence);
        return sequence;
    }

    // Its nodes

    /** The node of the saved graph, or of one inside of it, that a node of the engine belongs to, listed from now on. */
    String listed(String name) {
        String place = Places.of(name);
        if (Places.isInner(place) && nodes.size() < MAX_SHOWN && !nodes.containsKey(place)) {
            nodes.put(place, NodeRun.idle(place));
            streamed.put(place, new StringBuilder());
        }
        return place;
    }

    void queued(String node) {
        NodeRun now = nodes.get(node);
        if (now != null && now.state() != NodeState.RUNNING && standIn(node).isEmpty()) {
            state(node, NodeState.QUEUED, Duration.ZERO, Optional.empty());
        }
    }

    void began(String node, Values inputs) {
        goOn(node);
        NodeState state = standIn(node).orElse(NodeState.RUNNING);
        change(node, before -> NodeChanges.began(before, state, clock.instant(), ShownValues.of(inputs)));
        StringBuilder text = streamed.get(node);
        if (text != null) {
            text.setLength(0);
        }
        tell(node);
    }

    /** What is around a node that goes on waits no longer. */
    private void goOn(String place) {
        for (String node : Places.around(place)) {
            if (isIn(node, NodeState.WAITING) && !node.equals(place)) {
                state(node, NodeState.RUNNING, Duration.ZERO, Optional.empty());
            }
        }
    }

    void gave(String node, Values outputs) {
        change(node, before -> NodeChanges.gave(before, ShownValues.of(outputs)));
    }

    void wrote(String node, String text) {
        StringBuilder all = streamed.get(node);
        if (all == null || all.length() + text.length() > MAX_STREAMED) {
            return;
        }
        all.append(text); // not worth writing down: a node that is cut off begins again
        feed.add(new GraphRunEvent.TokenWritten(next(), node, text), text.length());
    }

    void used(String node, NodeUsage usage) {
        change(node, before -> NodeChanges.used(before, usage));
    }

    void skipped(String node) {
        state(node, NodeState.SKIPPED, Duration.ZERO, Optional.empty());
    }

    /** A node that works came to its end. One that runs another graph does so with {@link #endedInside}. */
    void done(String node, Duration took) {
        if (!runsGraph(node)) {
            state(node, standIn(node).orElse(NodeState.DONE), took, Optional.empty());
        }
    }

    private boolean runsGraph(String node) {
        return runGraphs.computeIfAbsent(
                node,
                place -> Places.node(content, place).filter(Wires::runsGraph).isPresent());
    }

    void endedInside(String node) {
        if (isIn(node, NodeState.RUNNING)) {
            state(node, NodeState.DONE, since(node), Optional.empty());
        }
    }

    void failed(String node, RunProblem error) {
        NodeRun now = nodes.get(node);
        if (now != null && now.state() != NodeState.FAILED) {
            state(node, NodeState.FAILED, since(node), Optional.of(error));
        }
    }

    void cancelled(String node) {
        state(node, NodeState.CANCELLED, since(node), Optional.empty());
    }

    void waits(String node) {
        state(node, NodeState.WAITING, Duration.ZERO, Optional.empty());
    }

    /**
     * Takes over from a process that ended what it had no time to write down.
     *
     * @param done the engine's names of nodes that it knows to have ended
     * @param skipped the ids of those among them that were reached without what they need
     */
    void catchUp(Collection<String> done, Collection<String> skipped) {
        Set<String> ended = done.stream().map(Places::top).collect(Collectors.toSet());
        for (NodeRun now : List.copyOf(nodes.values())) {
            // Of nodes inside of one that ended, those that never began may have been left out.
            boolean isOpen =
                    OPEN.contains(now.state()) && (now.state() != NodeState.IDLE || !Places.isInner(now.node()));
            if (isOpen && ended.contains(Places.top(now.node()))) {
                state(now.node(), standIn(now.node()).orElse(NodeState.DONE), now.took(), Optional.empty());
            }
        }
        skipped.stream().filter(node -> isIn(node, NodeState.DONE)).forEach(this::skipped);
    }

    /** How a node shows that gives what it gave before or what is pinned; empty for one that works. */
    private Optional<NodeState> standIn(String node) {
        return Optional.ofNullable(standIns.get(node));
    }

    private boolean isIn(String node, NodeState state) {
        NodeRun now = nodes.get(node);
        return now != null && now.state() == state;
    }

    private Duration since(String node) {
        return Optional.ofNullable(nodes.get(node))
                .flatMap(NodeRun::startedAt)
                .map(at -> Duration.between(at, clock.instant()))
                .filter(took -> !took.isNegative())
                .orElse(Duration.ZERO);
    }

    private void state(String node, NodeState state, Duration took, Optional<RunProblem> error) {
        change(node, before -> NodeChanges.state(before, state, took, error));
        tell(node);
    }

    private void change(String node, UnaryOperator<NodeRun> change) {
        nodes.computeIfPresent(node, (id, before) -> change.apply(before));
        isDirty = true;
    }

    private void tell(String node) {
        NodeRun now = nodes.get(node);
        if (now != null) {
            NodeRun whole = withText(now);
            feed.add(new GraphRunEvent.NodeChanged(next(), whole), weight(whole));
        }
    }

    /** About how many characters a run is. */
    static long weight(GraphRun run) {
        return run.nodes().stream().mapToLong(ShownRun::weight).sum();
    }

    private static long weight(NodeRun node) {
        return (long) node.text().length()
                + node.inputs().map(inputs -> inputs.toJson().length()).orElse(0)
                + node.outputs().map(outputs -> outputs.toJson().length()).orElse(0);
    }
}
