package dev.datastudio.agents.graph;

import dev.datastudio.graph.json.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How a node did in a run. Immutable. In a loop it is the latest round.
 *
 * @param node its id; of one inside of a node that runs another graph the ids on the way there, with slashes between
 * @param state how it stands
 * @param startedAt when it began; empty when it has not
 * @param took how long it worked; zero until it ended
 * @param inputs what arrived, by input; empty when it has not begun
 * @param outputs what it gave, by output; empty when it has not
 * @param extent whether inputs, outputs and text are whole; long texts and lists are cut and say by how much
 * @param text what it streamed until now
 * @param error why it failed
 * @param usage what it used of language models
 * @param rounds how often it was done in this run
 */
public record NodeRun(
        String node,
        NodeState state,
        Optional<Instant> startedAt,
        Duration took,
        Optional<Values> inputs,
        Optional<Values> outputs,
        Extent extent,
        String text,
        Optional<RunProblem> error,
        NodeUsage usage,
        int rounds) {
    public NodeRun {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(took, "took");
        Objects.requireNonNull(inputs, "inputs");
        Objects.requireNonNull(outputs, "outputs");
        Objects.requireNonNull(extent, "extent");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(error, "error");
        Objects.requireNonNull(usage, "usage");
    }

    /** Whether values are whole. */
    public enum Extent {
        /** All of it. */
        WHOLE,
        /** Something was left out. */
        CUT
    }

    /** A node that was not reached yet. */
    public static NodeRun idle(String node) {
        return new NodeRun(
                node,
                NodeState.IDLE,
                Optional.empty(),
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                Extent.WHOLE,
                "",
                Optional.empty(),
                NodeUsage.NONE,
                0);
    }
}
