package dev.datastudio.agents.graph.internal;

import dev.datastudio.agents.graph.NodeRun;
import dev.datastudio.agents.graph.NodeState;
import dev.datastudio.agents.graph.NodeUsage;
import dev.datastudio.agents.graph.RunProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Nodes of a run as they are after something happened to them. */
final class NodeChanges {
    private NodeChanges() {}

    /** It began to work on inputs, once more. */
    static NodeRun began(NodeRun before, NodeState state, Instant at, ShownValues.Shown inputs) {
        return new NodeRun(
                before.node(),
                state,
                Optional.of(at),
                Duration.ZERO,
                Optional.of(inputs.values()),
                Optional.empty(),
                inputs.extent(),
                "",
                Optional.empty(),
                before.usage(),
                before.rounds() + 1);
    }

    /** It gave outputs. */
    static NodeRun gave(NodeRun before, ShownValues.Shown outputs) {
        return new NodeRun(
                before.node(),
                before.state(),
                before.startedAt(),
                before.took(),
                before.inputs(),
                Optional.of(outputs.values()),
                outputs.extent() == NodeRun.Extent.CUT ? NodeRun.Extent.CUT : before.extent(),
                before.text(),
                before.error(),
                before.usage(),
                before.rounds());
    }

    /** It came to a state. */
    static NodeRun state(NodeRun before, NodeState state, Duration took, Optional<RunProblem> error) {
        return new NodeRun(
                before.node(),
                state,
                before.startedAt(),
                took,
                before.inputs(),
                before.outputs(),
                before.extent(),
                before.text(),
                error,
                before.usage(),
                before.rounds());
    }

    /** It has written this so far. */
    static NodeRun text(NodeRun before, String text) {
        return new NodeRun(
                before.node(),
                before.state(),
                before.startedAt(),
                before.took(),
                before.inputs(),
                before.outputs(),
                before.extent(),
                text,
                before.error(),
                before.usage(),
                before.rounds());
    }

    /** It used more. */
    static NodeRun used(NodeRun before, NodeUsage more) {
        return new NodeRun(
                before.node(),
                before.state(),
                before.startedAt(),
                before.took(),
                before.inputs(),
                before.outputs(),
                before.extent(),
                before.text(),
                before.error(),
                before.usage().plus(more),
                before.rounds());
    }
}
