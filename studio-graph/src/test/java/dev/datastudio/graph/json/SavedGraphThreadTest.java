package dev.datastudio.graph.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.graph.Graph;
import dev.datastudio.graph.checkpoint.SqliteCheckpointStore;
import dev.datastudio.graph.event.Interrupt;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.Resume;
import dev.datastudio.graph.run.RunOptions;
import dev.datastudio.graph.run.RunOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saved graphs whose runs outlast the process, and how their nodes are done (G3, G4). */
class SavedGraphThreadTest {
    private static final RunOptions THREAD = RunOptions.builder().thread("t").build();

    @TempDir
    Path folder;

    private final AtomicInteger calls = new AtomicInteger();

    private final NodeType approve = NodeType.define("test.approve", 1)
            .inputs(Port.required("text", PortType.TEXT))
            .outputs(Port.required("text", PortType.TEXT))
            .work(config -> (inputs, context) -> {
                String draft = context.step("draft", String.class, () -> inputs.text("text") + calls.incrementAndGet());
                return Values.of("text", draft + " " + context.interrupt("approve", draft, String.class));
            })
            .build();
    private final NodeType flaky = NodeType.define("test.flaky", 1)
            .inputs(Port.required("text", PortType.TEXT))
            .outputs(Port.required("text", PortType.TEXT))
            .work(config -> (inputs, context) -> {
                if (context.attempt() < 3) {
                    throw new IllegalStateException("no network");
                }
                return Values.of("text", inputs.text("text") + " at try " + context.attempt());
            })
            .build();

    /** As another process would: from the file. */
    private Graph<GraphInput, GraphOutput> compiled(SavedGraph graph) {
        return GraphCompiler.of(NodeTypes.standard().with(approve, flaky))
                .compile(GraphJson.read(GraphJson.write(graph)));
    }

    private static SavedGraph through(SavedNode node) {
        return SavedGraph.named("through")
                .plus(Graphs.input("in", "x"))
                .plus(node)
                .plus(Graphs.output("out", "y"))
                .plus(SavedEdge.between("in", "value", node.id(), "text"))
                .plus(SavedEdge.between(node.id(), "text", "out", "value"));
    }

    @Test
    void aRunThatWaitsGoesOnInAnotherProcess() {
        SavedGraph saved = through(SavedNode.of("ask", "test.approve", 1));
        Path file = folder.resolve("runs.db");
        String interrupt;
        try (SqliteCheckpointStore store = SqliteCheckpointStore.open(file);
                Engine engine = Engine.builder().store(store).build()) {
            RunOutcome<GraphOutput> stopped = engine.start(compiled(saved), GraphInput.of(Map.of("x", "a")), THREAD)
                    .outcome();
            List<Interrupt> open = ((RunOutcome.Interrupted<GraphOutput>) stopped).interrupts();
            interrupt = open.get(0).id();
        }

        try (SqliteCheckpointStore store = SqliteCheckpointStore.open(file);
                Engine engine = Engine.builder().store(store).build()) {
            GraphOutput output = engine.resume(compiled(saved), "t", Resume.answer(interrupt, "yes"), THREAD)
                    .await();

            assertEquals("a1 yes", output.values().text("y"));
        }
        assertEquals(1, calls.get());
    }

    @Test
    void eachItemOfAMapWaitsForItsOwnAnswer() {
        SavedGraph each = SavedGraph.named("mapped")
                .plus(Graphs.input("list", "x").withConfig(Map.of("name", "x", "format", "lines")))
                .plus(SavedNode.of("each", "map", 1)
                        .withConfig(Map.of(
                                "graph",
                                through(SavedNode.of("ask", "test.approve", 1))
                                        .json()
                                        .all())))
                .plus(Graphs.output("out", "y"))
                .plus(SavedEdge.between("list", "value", "each", "items"))
                .plus(SavedEdge.between("each", "results", "out", "value"));
        try (SqliteCheckpointStore store = SqliteCheckpointStore.open(folder.resolve("runs.db"));
                Engine engine = Engine.builder().store(store).build()) {
            RunOutcome<GraphOutput> stopped = engine.start(compiled(each), GraphInput.of(Map.of("x", "a\nb")), THREAD)
                    .outcome();
            List<Interrupt> open = ((RunOutcome.Interrupted<GraphOutput>) stopped).interrupts();
            assertEquals(2, open.size());
            Resume answers =
                    Resume.answer(open.get(0).id(), "first").and(open.get(1).id(), "second");

            GraphOutput output =
                    engine.resume(compiled(each), "t", answers, THREAD).await();

            assertEquals(2, calls.get());
            assertEquals(2, output.values().list("y").size());
        }
    }

    @Test
    void aNodeIsTriedAsOftenAsItsSettingsSay() {
        SavedGraph saved = through(
                SavedNode.of("flaky", "test.flaky", 1).withSetting("retry", Map.of("attempts", 3, "delaySeconds", 0)));

        try (Engine engine = Engine.create()) {
            GraphOutput output = engine.run(compiled(saved), GraphInput.of(Map.of("x", "a")));

            assertEquals("a at try 3", output.values().text("y"));
        }
    }
}
