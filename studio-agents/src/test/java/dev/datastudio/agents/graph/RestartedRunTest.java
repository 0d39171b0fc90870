package dev.datastudio.agents.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.core.Studio;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.Port;
import dev.datastudio.graph.json.PortType;
import dev.datastudio.graph.json.SavedEdge;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.SavedNode;
import dev.datastudio.graph.json.Values;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ScriptedModelServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs outlast the process that began them. */
class RestartedRunTest {
    private final AtomicInteger counted = new AtomicInteger();

    @TempDir
    Path workspace;

    private Studio open() {
        Studio studio = Studio.open(workspace);
        GraphNodeTypes.of(studio)
                .register(NodeType.define("acme.count", 1)
                        .inputs(Port.required("text", PortType.TEXT))
                        .outputs(Port.required("text", PortType.TEXT))
                        .work(config -> (inputs, context) -> {
                            counted.incrementAndGet();
                            return inputs;
                        })
                        .build());
        return studio;
    }

    private static GraphRuns runs(Studio studio) {
        return GraphRuns.of(studio).as(RunDesk.ANN);
    }

    /** The writing graph with a node beside that counts how often it is done, and ends before the model does. */
    private static SavedGraph counting() {
        return RunDesk.writing()
                .plus(SavedNode.of("count", "acme.count", 1))
                .plus(SavedEdge.between("topic", "value", "count", "text"))
                .plus(SavedNode.of("counted", "text.output", 1).withConfig(Map.of("name", "counted")))
                .plus(SavedEdge.between("count", "text", "counted", "value"));
    }

    @Test
    void aRunThatTheEndOfItsProcessCutOffGoesOnInTheNext() throws Exception {
        try (ScriptedModelServer server = ScriptedModelServer.start()) {
            server.inTurn(ModelReply.pieces("half ", "of it").stalledAfter(1), ModelReply.text("the whole answer"));
            String run;
            try (Studio first = open()) {
                RunDesk.addModel(first, server);
                String id = SavedGraphs.of(first)
                        .as(RunDesk.ANN)
                        .create("Writing", counting())
                        .id();
                run = runs(first).start(RunRequest.of(id)).id();
                RunDesk.Seen seen = new RunDesk.Seen();
                runs(first).subscribe(run, 0, seen::add);
                seen.untilWritten("model", "half ");
            }
            try (Studio second = open()) {
                GraphRun done = runs(second).await(run);

                assertEquals(RunState.DONE, done.state(), done::toString);
                assertEquals("the whole answer", done.outputs().orElseThrow().text("text"));
                assertEquals(
                        "the whole answer", done.node("model").orElseThrow().text());
                assertEquals(NodeState.DONE, done.node("prompt").orElseThrow().state());
                assertEquals(1, counted.get(), "a finished node is not done again");
            }
        }
    }

    @Test
    void aRunThatWaitsIsAnsweredInTheNextProcess() throws Exception {
        String run;
        long sequence;
        try (Studio first = open()) {
            String id = SavedGraphs.of(first)
                    .as(RunDesk.ANN)
                    .create("Approving", RunDesk.approving())
                    .id();
            GraphRun waiting = runs(first)
                    .await(runs(first)
                            .start(RunRequest.of(id).given(Map.of("text", "Dear all")))
                            .id());
            assertEquals(RunState.WAITING, waiting.state());
            run = waiting.id();
            sequence = waiting.sequence();
        }
        try (Studio second = open()) {
            GraphRun kept = runs(second).get(run);
            assertEquals("Dear all", kept.waitingFor().get(0).value());
            RunDesk.Seen seen = new RunDesk.Seen();
            runs(second).subscribe(run, sequence, seen::add);
            runs(second).resume(run, "", Values.of("approved", true));

            GraphRun done = runs(second).await(run);

            assertEquals("Dear all", done.outputs().orElseThrow().text("yes"));
            assertTrue(done.sequence() > sequence + 1_000, "numbers are not given twice");
            seen.untilEnded();
        }
    }
}
