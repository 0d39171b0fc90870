package dev.datastudio.agents.graph;

import dev.datastudio.graph.json.Values;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A run of a graph, as it stands or ended. Immutable.
 *
 * @param id a UUID
 * @param graph the id of the graph
 * @param version the version that runs; empty for the draft
 * @param target the one node that was to be run, with what leads to it, or from which on was to be run; empty for all
 * @param user who started it; nobody else sees it
 * @param state how it stands
 * @param startedAt when it was started
 * @param endedAt when it ended; empty until then
 * @param inputs what it was given; long texts and lists are cut and say by how much
 * @param outputs what it gave, by output, cut in the same way; empty until it is done
 * @param error why it failed
 * @param nodes how its nodes stand, in the order of the graph, then those inside of nodes that run other graphs as they
 *     are reached; empty in lists of runs
 * @param waitingFor what it waits for
 * @param usage what it used of language models
 * @param sequence the number of the latest event that is in it
 */
public record GraphRun(
        String id,
        String graph,
        OptionalInt version,
        String target,
        String user,
        RunState state,
        Instant startedAt,
        Optional<Instant> endedAt,
        Values inputs,
        Optional<Values> outputs,
        Optional<RunProblem> error,
        List<NodeRun> nodes,
        List<PendingQuestion> waitingFor,
        NodeUsage usage,
        long sequence) {
    public GraphRun {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(graph, "graph");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(endedAt, "endedAt");
        Objects.requireNonNull(inputs, "inputs");
        Objects.requireNonNull(outputs, "outputs");
        Objects.requireNonNull(error, "error");
        nodes = List.copyOf(nodes);
        waitingFor = List.copyOf(waitingFor);
        Objects.requireNonNull(usage, "usage");
    }

    /** How a node stands. */
    public Optional<NodeRun> node(String node) {
        return nodes.stream().filter(each -> each.node().equals(node)).findFirst();
    }
}
