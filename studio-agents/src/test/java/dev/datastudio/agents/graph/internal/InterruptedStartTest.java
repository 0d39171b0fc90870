package dev.datastudio.agents.graph.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.graph.GraphRun;
import dev.datastudio.agents.graph.GraphRuns;
import dev.datastudio.agents.graph.NodeRun;
import dev.datastudio.agents.graph.NodeState;
import dev.datastudio.agents.graph.NodeUsage;
import dev.datastudio.agents.graph.RunState;
import dev.datastudio.agents.graph.SavedGraphs;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.graph.json.GraphInput;
import dev.datastudio.graph.json.SavedEdge;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.SavedNode;
import dev.datastudio.graph.json.Values;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose process was killed after they were accepted, and before the engine kept anything of them. */
@Timeout(60)
class InterruptedStartTest {
    private static final Caller ANN = new Caller("acme", "ann");
    private static final SavedGraph ECHO = SavedGraph.named("Echo")
            .plus(SavedNode.of("in", "text.input", 1).withConfig(Map.of("name", "in")))
            .plus(SavedNode.of("out", "text.output", 1).withConfig(Map.of("name", "text")))
            .plus(SavedEdge.between("in", "value", "out", "value"));

    @TempDir
    Path workspace;

    /** Leaves a run as such a process does, and gives how it ends in the next one. */
    private GraphRun takenUp(Values inputs) throws InterruptedException {
        String id = left(inputs);
        GraphRun ended;
        try (Studio next = Studio.open(workspace)) {
            ended = GraphRuns.of(next).as(ANN).await(id);
        }
        try (Studio after = Studio.open(workspace)) {
            RunStore store = new RunStore(after.metadata());
            assertTrue(store.open().isEmpty(), "it is under way no longer");
            assertTrue(store.input(ANN, id).isEmpty(), "what it was begun with is kept no longer than needed");
        }
        return ended;
    }

    private String left(Values inputs) {
        try (Studio studio = Studio.open(workspace)) {
            GraphRun run = new GraphRun(
                    UUID.randomUUID().toString(),
                    SavedGraphs.of(studio).as(ANN).create("Echo", ECHO).id(),
                    OptionalInt.empty(),
                    "",
                    ANN.user(),
                    RunState.QUEUED,
                    studio.clock().instant().minus(Duration.ofMinutes(2)),
                    Optional.empty(),
                    ShownValues.of(inputs).values(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(NodeRun.idle("in"), NodeRun.idle("out")),
                    List.of(),
                    NodeUsage.NONE,
                    0);
            new RunStore(studio.metadata()).begin(ANN, run, ECHO, new GraphInput(inputs.toJson()));
            return run.id();
        }
    }

    @Test
    void aRunThatWasNeverBegunBeginsInTheNextProcessWithAllOfItsInputs() throws InterruptedException {
        Values inputs = Values.of("in", "more than is shown of it ".repeat(4_000));

        GraphRun ended = takenUp(inputs);

        assertEquals(RunState.DONE, ended.state(), ended::toString);
        assertEquals(NodeState.DONE, ended.node("out").orElseThrow().state());
        String shown = ShownValues.of(inputs).values().text("in"); // which says how much more there is
        assertEquals(shown, ended.outputs().orElseThrow().text("text"));
    }

    @Test
    void aRunWhoseInputsAreTooLargeToBeKeptTwiceIsSaidToHaveEnded() throws InterruptedException {
        GraphRun ended = takenUp(Values.of("in", "x".repeat(4_000_001)));

        assertEquals(RunState.FAILED, ended.state());
        assertEquals(
                ErrorCode.RUN_INTERRUPTED.name(), ended.error().orElseThrow().code());
    }
}
