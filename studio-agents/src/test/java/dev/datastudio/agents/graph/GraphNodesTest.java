package dev.datastudio.agents.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.tool.ToolRegistry;
import dev.datastudio.agents.tool.Tools;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.NodeTypes;
import dev.datastudio.graph.json.SavedEdge;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.SavedNode;
import dev.datastudio.graph.json.Values;
import dev.datastudio.testkit.model.ModelReply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphNodesTest {
    private static final String ORDERS = "region,sales,units\nNorth,20,1\nNorth,30,2\nSouth,45,3\nWest,35,4\n";

    private final RunDesk desk = RunDesk.open();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        desk.close();
    }

    private Dataset orders() throws Exception {
        Path file = Files.writeString(folder.resolve("orders.csv"), ORDERS);
        return desk.studio.datasets().as(RunDesk.ANN).importFile(file);
    }

    /** One node between inputs of the graph, each named as the port that it leads to, and outputs of these ports. */
    private GraphRun run(SavedNode node, Map<String, Object> inputs, String... outputs) throws Exception {
        SavedGraph graph = SavedGraph.named("One node").plus(node);
        int number = 0;
        for (String input : inputs.keySet()) {
            String id = "in" + number++;
            graph = graph.plus(SavedNode.of(id, "text.input", 1).withConfig(Map.of("name", input, "format", "json")))
                    .plus(SavedEdge.between(id, "value", node.id(), input));
        }
        for (String output : outputs) {
            String id = "out" + number++;
            graph = graph.plus(SavedNode.of(id, "text.output", 1).withConfig(Map.of("name", output)))
                    .plus(SavedEdge.between(node.id(), output, id, "value"));
        }
        return desk.run(RunRequest.of(desk.keep(graph)).given(inputs));
    }

    private static Values outputs(GraphRun run) {
        assertEquals(RunState.DONE, run.state(), run::toString);
        return run.outputs().orElseThrow();
    }

    @Test
    void sqlBindsWhatArrivesSoThatItCanNotChangeTheStatement() throws Exception {
        Dataset orders = orders();
        SavedNode sql = SavedNode.of("sql", "sql", 1)
                .withConfig(Map.of(
                        "sql",
                        "select sum(sales) as total from orders where region = {{region}}",
                        "datasets",
                        List.of(orders.id().toString())));

        Values north = outputs(run(sql, Map.of("region", "\"North\""), "rows", "text"));
        Values hostile = outputs(run(sql, Map.of("region", "\"x' or '1'='1\""), "rows"));

        assertEquals("50", String.valueOf(row(north).get("total")));
        assertTrue(north.text("text").startsWith("total\n50"), north.text("text"));
        assertEquals(null, row(hostile).get("total"));
    }

    private static Map<?, ?> row(Values outputs) {
        return (Map<?, ?>) Objects.requireNonNull(outputs.list("rows").get(0));
    }

    @Test
    void sqlThatWritesIsRefused() throws Exception {
        orders();
        SavedNode sql = SavedNode.of("sql", "sql", 1)
                .withConfig(Map.of("sql", "drop table orders", "datasets", List.of("orders.csv")));

        GraphRun run = run(sql, Map.of(), "rows");

        assertEquals(RunState.FAILED, run.state());
        assertEquals("SQL_REFUSED", run.error().orElseThrow().code());
    }

    @Test
    void aQuestionIsAnsweredWithRowsAndCharts() throws Exception {
        Dataset orders = orders();
        SavedNode question = SavedNode.of("q", "question", 1);

        Values answer = outputs(run(
                question,
                Map.of("question", "\"total sales by region\"", "datasets", "\"" + orders.id() + "\""),
                "text",
                "status",
                "rows",
                "charts"));

        assertEquals("answered", answer.text("status"));
        assertEquals(3, answer.list("rows").size());
        Map<?, ?> chart =
                (Map<?, ?>) Objects.requireNonNull(answer.list("charts").get(0));
        assertTrue(((Map<?, ?>) Objects.requireNonNull(chart.get("figure"))).containsKey("layout"));
    }

    @Test
    void aDataSetOfSomebodyElseIsNotThere() throws Exception {
        Path file = Files.writeString(folder.resolve("secret.csv"), ORDERS);
        Dataset theirs = desk.studio.datasets().as(new Caller("other", "eve")).importFile(file);
        SavedNode sql = SavedNode.of("sql", "sql", 1)
                .withConfig(Map.of(
                        "sql", "select 1", "datasets", List.of(theirs.id().toString())));

        GraphRun run = run(sql, Map.of(), "rows");

        assertEquals("DATASET_NOT_FOUND", run.error().orElseThrow().code());
    }

    /** What the tool of a test is given. */
    record Mail(String to, String text) {}

    @Test
    void everyToolIsANodeWhosePortsAreItsArguments() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        ToolRegistry.of(desk.studio)
                .register(Tools.reading(
                        "shout",
                        "Says it louder.",
                        Mail.class,
                        (mail, context) -> ToolResult.of(mail.text().toUpperCase(Locale.ROOT))))
                .register(Tools.reachingOut("send_mail", "Sends a mail.", Mail.class, (mail, context) -> {
                    sent.incrementAndGet();
                    return ToolResult.of("sent to " + mail.to());
                }));
        NodeType type = GraphNodeTypes.of(desk.studio)
                .as(RunDesk.ANN)
                .types()
                .find("tool.send_mail")
                .orElseThrow();
        assertEquals(
                List.of("to", "text"),
                type.inputs(Values.none()).stream().map(port -> port.name()).toList());

        SavedNode shout = SavedNode.of("shout", "tool.shout", 1).withConfig(Map.of("arguments", Map.of("to", "all")));
        assertEquals(
                "HELLO",
                outputs(run(shout, Map.of("text", "\"hello\""), "text")).text("text"));

        SavedNode mail = SavedNode.of("mail", "tool.send_mail", 1).withConfig(Map.of("arguments", Map.of("to", "Bob")));
        GraphRun asked = run(mail, Map.of("text", "\"hi\""), "text");
        assertEquals(RunState.WAITING, asked.state());
        assertEquals("tool", asked.waitingFor().get(0).kind());
        assertEquals(0, sent.get());
        desk.runs.approve(asked.id());
        assertEquals("sent to Bob", outputs(desk.runs.await(asked.id())).text("text"));
        GraphRun refused = run(mail, Map.of("text", "\"hi\""), "text");
        desk.runs.reject(refused.id());
        GraphRun failed = desk.runs.await(refused.id());
        assertEquals("TOOL_REFUSED", failed.error().orElseThrow().code());
        assertEquals(1, sent.get());
    }

    @Test
    void aToolThatGivesAnErrorFailsItsNode() throws Exception {
        SavedNode query = SavedNode.of("sql", "tool.sql_query", 1)
                .withConfig(Map.of("arguments", Map.of("source_id", "nothing", "sql", "select 1")));

        GraphRun run = run(query, Map.of(), "text");

        assertEquals(RunState.FAILED, run.state());
        assertTrue(run.error().orElseThrow().what().contains("'nothing'"), run.error()::toString);
    }

    @Test
    void everyAgentIsANodeThatStreamsItsAnswer() throws Exception {
        desk.withModel();
        desk.server.inTurn(ModelReply.text("Because it is so"));

        GraphRun run = run(SavedNode.of("agent", "agent.data_analyst", 1), Map.of("question", "\"Why?\""), "text");

        assertEquals("Because it is so", outputs(run).text("text"));
        NodeRun agent = run.node("agent").orElseThrow();
        assertEquals("Because it is so", agent.text());
        assertTrue(agent.usage().tokens() > 0);
    }

    @Test
    void aTreeOfThoughtKeepsTheBestOfWhatIsProposed() throws Exception {
        desk.withModel();
        desk.server.when("Propose at most").reply(ModelReply.text("{\"thoughts\": [\"guess\", \"think\"]}"));
        desk.server.when("1. guess\n").reply(ModelReply.text("{\"score\": 0.1, \"reason\": \"blind\"}"));
        desk.server.when("1. think\n").reply(ModelReply.text("{\"score\": 0.9, \"reason\": \"sound\"}"));
        SavedNode tree =
                SavedNode.of("tree", "thought.tree", 1).withConfig(Map.of("thoughts", 2, "keep", 1, "depth", 1));

        Values found = outputs(run(tree, Map.of("problem", "\"What now?\""), "text", "outline", "tree", "stop"));

        assertEquals("think", found.text("text"));
        assertEquals("depth", found.text("stop"));
        assertEquals(2, found.list("tree").size());
        assertTrue(found.text("outline").contains("+ 0.90 think"), found.text("outline"));
    }

    @Test
    void aChatModelIsToldItsSettings() throws Exception {
        desk.withModel();
        desk.server.inTurn(ModelReply.text("ok"));
        SavedNode chat = SavedNode.of("chat", "chat.model", 1)
                .withConfig(Map.of("system", "Be brief", "temperature", 0.5, "maxTokens", 77, "model", "Scripted"));

        outputs(run(chat, Map.of("prompt", "\"Hello\""), "text"));

        String body = desk.server.requests().get(0).json();
        assertTrue(body.contains("Be brief") && body.contains("Hello"), body);
        assertTrue(body.replace(" ", "").contains("\"temperature\":0.5"), body);
        assertTrue(body.contains("77"), body);
    }

    @Test
    void theIdsOfTheStudioAreKnownWithoutOne() {
        List<String> ids = GraphNodeTypes.of(desk.studio).types().all().stream()
                .map(NodeType::id)
                .filter(id -> NodeTypes.standard().find(id).isEmpty())
                .map(id -> id.replaceFirst("^(tool|agent)\\..*", "$1."))
                .distinct()
                .toList();

        assertEquals(GraphNodeTypes.IDS, ids);
    }

    @Test
    void withoutStudioRagDocumentsSayWhatIsMissing() throws Exception {
        GraphRun run = run(SavedNode.of("find", "vector.search", 1), Map.of("query", "\"x\""), "text");

        assertEquals("DEPENDENCY_MISSING", run.error().orElseThrow().code());
        assertTrue(run.error().orElseThrow().mend().contains("studio-rag"));
    }
}
