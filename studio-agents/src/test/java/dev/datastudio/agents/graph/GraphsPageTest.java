package dev.datastudio.agents.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.graph.json.GraphJson;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.Port;
import dev.datastudio.graph.json.PortType;
import dev.datastudio.graph.json.SavedEdge;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.SavedNode;
import dev.datastudio.graph.json.Values;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The code of the page about saved graphs. */
class GraphsPageTest {
    @Test
    void thePageShowsWhatRuns() throws Exception {
        Caller caller = RunDesk.ANN;
        SavedGraph given = RunDesk.greeting()
                .plus(SavedNode.of("upper", "acme.upper", 1))
                .plus(SavedEdge.between("greet", "text", "upper", "text"));
        String json = GraphJson.write(given);
        try (Studio studio = Studio.inMemory()) {
            GraphNodeTypes.of(studio)
                    .register(NodeType.define("acme.upper", 1)
                            .title("Upper case")
                            .category("Text")
                            .inputs(Port.required("text", PortType.TEXT))
                            .outputs(Port.required("text", PortType.TEXT))
                            .work(config -> (inputs, context) ->
                                    Values.of("text", inputs.text("text").toUpperCase(Locale.ROOT)))
                            .build());
            SavedGraphs graphs = SavedGraphs.of(studio).as(caller);
            GraphDraft draft = graphs.importGraph(json);
            GraphVersion first = graphs.publish(draft.id(), "as shown to the board");
            GraphRuns runs = GraphRuns.of(studio).as(caller);
            GraphRun begun = runs.start(RunRequest.of(draft.id()).given(Map.of("name", "Ada")));
            GraphRun done = runs.await(begun.id());

            assertEquals(0, graphs.problems(draft.graph()).size());
            assertEquals(1, first.number());
            assertEquals("Hello Ada", done.outputs().orElseThrow().text("text"));
            assertEquals(
                    "HELLO ADA",
                    done.node("upper").orElseThrow().outputs().orElseThrow().text("text"));
            String page = Files.readString(Path.of("../docs/graphs.md"));
            for (NodeType type : GraphNodeTypes.of(studio).types().all()) {
                boolean isOne = type.id().startsWith("tool.") || type.id().startsWith("agent.");
                assertTrue(
                        isOne
                                || page.contains("`" + type.id() + "`")
                                || type.id().startsWith("acme."),
                        type.id());
            }
        }
    }
}
