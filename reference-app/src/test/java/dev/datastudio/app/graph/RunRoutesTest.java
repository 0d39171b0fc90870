package dev.datastudio.app.graph;

import static dev.datastudio.app.GraphText.edge;
import static dev.datastudio.app.GraphText.graph;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.app.AppServer;
import dev.datastudio.app.Belongings;
import dev.datastudio.app.GraphText;
import dev.datastudio.app.Person;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ScriptedModelServer;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class RunRoutesTest {
    private static final String WRITING = graph(
            GraphText.node("topic", "text.input", "{'name':'topic'}") + ","
                    + GraphText.node("prompt", "template", "{'template':'Write about {{topic}}'}") + ","
                    + GraphText.node("model", "chat.model", "{'system':'Be short','temperature':0.3,'maxTokens':99}")
                    + ","
                    + GraphText.node("out", "text.output", "{'name':'text'}"),
            edge("topic", "value", "prompt", "topic") + "," + edge("prompt", "text", "model", "prompt") + ","
                    + edge("model", "text", "out", "value"));

    private final AppServer server = AppServer.shared();
    private final Person ada = server.newPerson();
    private final ScriptedModelServer model = ScriptedModelServer.start();

    @AfterEach
    void close() {
        model.close();
    }

    private String create(String graph) {
        return Belongings.graph(ada, "Test", graph);
    }

    private JsonNode start(String graph, String body) {
        return ada.post("/api/v1/graphs/" + graph + "/runs", body).is(202).json();
    }

    private RunFrames follow(String run, String query) {
        RunFrames frames = new RunFrames();
        RunFrames.open(server, ada, "/ws/runs/" + run + query, frames);
        return frames;
    }

    private JsonNode ended(String run) throws Exception {
        List<JsonNode> frames = follow(run, "").until("done", 1);
        return frames.get(frames.size() - 1).path("run");
    }

    private static JsonNode node(JsonNode run, String id) {
        for (JsonNode node : run.path("nodes")) {
            if (node.path("nodeId").asString().equals(id)) {
                return node;
            }
        }
        throw new AssertionError("no node " + id + " in " + run);
    }

    @Test
    void tokensComeLiveAndAReconnectInMidStreamLosesAndDoublesNothing() throws Exception {
        Belongings.addModel(ada, model);
        CountDownLatch more = new CountDownLatch(1);
        model.inTurn(
                ModelReply.pieces("The ", "sea ", "comes ", "and ", "goes.").heldAfter(2, more));
        String run = start(create(WRITING), "{'inputs':{'topic':'tides'}}")
                .path("id")
                .asString();
        RunFrames first = new RunFrames();
        WebSocket socket = RunFrames.open(server, ada, "/ws/runs/" + run, first);
        List<JsonNode> before =
                first.until(all -> RunFrames.written(all, "model").equals("The sea "));
        assertEquals("connection_established", before.get(0).path("type").asString());
        assertEquals("run", before.get(1).path("type").asString());
        socket.abort();
        long last = before.get(before.size() - 1).path("seq").asLong();

        RunFrames second = follow(run, "?after=" + last);
        second.until("connection_established", 1);
        more.countDown();
        List<JsonNode> after = second.until("done", 1);

        assertEquals("comes and goes.", RunFrames.tokens(after));
        List<JsonNode> both = new ArrayList<>(before.subList(2, before.size()));
        both.addAll(after.subList(1, after.size()));
        assertEquals("The sea comes and goes.", RunFrames.written(both, "model"));
        for (int i = 1; i < both.size(); i++) {
            assertEquals(
                    both.get(i - 1).path("seq").asLong() + 1,
                    both.get(i).path("seq").asLong(),
                    both::toString);
        }
        JsonNode done = after.get(after.size() - 1).path("run");
        assertEquals("done", done.path("state").asString());
        assertEquals("The sea comes and goes.", done.at("/outputs/text").asString());
        assertEquals(
                "Write about tides", node(done, "model").at("/inputs/prompt").asString());
        assertTrue(done.path("tokens").asLong() > 0, done.toString());
        List<JsonNode> events = RunFrames.events(ada, "/api/v1/runs/" + run + "/events", String.valueOf(last))
                .all();
        assertEquals(after.subList(1, after.size()), events);
        assertEquals(
                done,
                RunFrames.events(ada, "/api/v1/runs/" + run + "/events", "")
                        .all()
                        .get(0)
                        .path("run"));
        assertEquals(done, ada.get("/api/v1/runs/" + run).is(200).json());
    }

    @Test
    void aFailedRunSaysWhichNodeWhatAndWhatToDo() throws Exception {
        String run =
                start(create(WRITING), "{'inputs':{'topic':'x'}}").path("id").asString();

        JsonNode done = ended(run);

        assertEquals("failed", done.path("state").asString());
        assertEquals("model", done.at("/error/nodeId").asString());
        assertEquals("ENTRY_NOT_FOUND", done.at("/error/code").asString());
        assertTrue(done.at("/error/what").asString().contains("No language model is configured"));
        assertTrue(done.at("/error/mend").asString().contains("Settings"));
        assertEquals("failed", node(done, "model").path("state").asString());
        assertEquals("idle", node(done, "out").path("state").asString());
    }

    @Test
    void oneNodeIsRunAgainWithWhatLedToItBefore() throws Exception {
        Belongings.addModel(ada, model);
        model.inTurn(ModelReply.text("first"), ModelReply.text("second"));
        String graph = create(WRITING);
        ended(start(graph, "{'inputs':{'topic':'tides'}}").path("id").asString());

        JsonNode again = ended(start(graph, "{'node':'model'}").path("id").asString());

        assertEquals("model", again.path("node").asString());
        assertEquals("cached", node(again, "prompt").path("state").asString());
        assertEquals("second", again.at("/outputs/text").asString());
        assertEquals(
                2,
                ada.get("/api/v1/graphs/" + graph + "/runs")
                        .is(200)
                        .json()
                        .path("items")
                        .size());
        ada.post("/api/v1/graphs/" + graph + "/runs", "{'node':'none'}").is(404);
    }

    @Test
    void aPartIsRunWithEditedInputsAndPinsCountOnlyWhereTheyAreAskedFor() throws Exception {
        String pinned = GraphText.node("greet", "template", "{'template':'Hello {{name}}'}")
                .replace("'data':{", "'data':{'pinned':{'outputs':{'text':'Pinned words'}},");
        String graph = create(graph(
                GraphText.node("who", "text.input", "{'name':'name'}") + "," + pinned + ","
                        + GraphText.node("out", "text.output", "{'name':'text'}"),
                edge("who", "value", "greet", "name") + "," + edge("greet", "text", "out", "value")));

        JsonNode plain =
                ended(start(graph, "{'inputs':{'name':'Ada'}}").path("id").asString());
        JsonNode honoured = ended(start(graph, "{'pinned':true}").path("id").asString());
        JsonNode edited = ended(start(graph, "{'node':'greet','part':'from','nodeInputs':{'name':'Eve'},'pinned':true}")
                .path("id")
                .asString());
        JsonNode to = ended(start(graph, "{'node':'greet','part':'to','inputs':{'name':'Bob'}}")
                .path("id")
                .asString());

        assertEquals("Hello Ada", plain.at("/outputs/text").asString());
        assertEquals("Pinned words", honoured.at("/outputs/text").asString());
        assertEquals("pinned", node(honoured, "greet").path("state").asString());
        assertEquals("Hello Eve", edited.at("/outputs/text").asString());
        assertEquals("Hello Bob", to.at("/outputs/text").asString());
        String runs = "/api/v1/graphs/" + graph + "/runs";
        ada.post(runs, "{'node':'greet','part':'from','nodeInputs':{'other':1}}")
                .is(400);
        ada.post(runs, "{'nodeInputs':{'name':'Eve'}}").is(400);
    }

    @Test
    void aRunIsCancelled() throws Exception {
        Belongings.addModel(ada, model);
        model.inTurn(ModelReply.pieces("never ", "ends").stalledAfter(1));
        String run =
                start(create(WRITING), "{'inputs':{'topic':'x'}}").path("id").asString();
        RunFrames frames = follow(run, "");
        frames.until(all -> RunFrames.written(all, "model").equals("never "));

        ada.post("/api/v1/runs/" + run + "/cancel", "").is(200);

        JsonNode done = frames.until("done", 1).get(frames.all().size() - 1).path("run");
        assertEquals("cancelled", done.path("state").asString());
        assertEquals("cancelled", node(done, "model").path("state").asString());
    }

    @Test
    void aPersonApprovesAndAnotherOrganisationCanNot() throws Exception {
        String graph = create(graph(
                GraphText.node("text", "text.input", "{'name':'text'}") + ","
                        + GraphText.node("person", "human.approval", "{'question':'Send it?'}") + ","
                        + GraphText.node("yes", "text.output", "{'name':'yes'}"),
                edge("text", "value", "person", "value") + "," + edge("person", "approved", "yes", "value")));
        String run = start(graph, "{'inputs':{'text':'Hi'}}").path("id").asString();
        RunFrames frames = follow(run, "");
        List<JsonNode> waiting = frames.until(all ->
                all.stream().anyMatch(each -> each.at("/run/state").asString("").equals("waiting")));
        JsonNode asked = waiting.get(waiting.size() - 1).at("/run/waitingFor/0");
        assertEquals("Send it?", asked.path("question").asString());
        assertEquals("Hi", asked.path("value").asString());
        Person eve = server.newPerson();
        String nobody = UUID.randomUUID().toString();
        for (String path : List.of("", "/cancel", "/resume", "/events")) {
            Person.Reply foreign = path.isEmpty() || path.equals("/events")
                    ? eve.get("/api/v1/runs/" + run + path)
                    : eve.post("/api/v1/runs/" + run + path, "{'value':true}");
            Person.Reply unknown = path.isEmpty() || path.equals("/events")
                    ? eve.get("/api/v1/runs/" + nobody + path)
                    : eve.post("/api/v1/runs/" + nobody + path, "{'value':true}");
            assertEquals(404, foreign.status(), path);
            assertEquals(
                    unknown.json().path("detail").asString().replace(nobody, "X"),
                    foreign.json().path("detail").asString().replace(run, "X"));
        }
        RunFrames theirs = new RunFrames();
        RunFrames.open(server, eve, "/ws/runs/" + run, theirs);
        assertEquals(4404, theirs.closed.get(60, TimeUnit.SECONDS));
        assertEquals(List.of(), theirs.all());

        ada.post("/api/v1/runs/" + run + "/resume", "{'value':'perhaps'}").is(400);
        ada.post("/api/v1/runs/" + run + "/resume", "{'value':true,'interrupt':'wrong'}")
                .is(400);
        ada.post("/api/v1/runs/" + run + "/resume", "{'value':{'approved':true,'value':'Hello'}}")
                .is(200);

        JsonNode done = frames.until("done", 1).get(frames.all().size() - 1).path("run");
        assertEquals("Hello", done.at("/outputs/yes").asString());
        ada.post("/api/v1/runs/" + run + "/resume", "{'value':true}").is(400);
    }

    @Test
    void largeValuesAreLeftOutOfEventsAndShownInTheRun() throws Exception {
        String graph = create(graph(
                GraphText.node("a", "text.input", "{'name':'a'}") + ","
                        + GraphText.node("b", "template", "{'template':'{{a}}{{a}}'}") + ","
                        + GraphText.node("c", "template", "{'template':'{{b}}{{b}}'}") + ","
                        + GraphText.node("out", "text.output", "{'name':'text'}"),
                edge("a", "value", "b", "a") + "," + edge("b", "text", "c", "b") + ","
                        + edge("c", "text", "out", "value")));

        JsonNode done = ended(start(graph, "{'inputs':{'a':'" + "x".repeat(60_000) + "'}}")
                .path("id")
                .asString());
        JsonNode whole =
                ada.get("/api/v1/runs/" + done.path("id").asString()).is(200).json();

        assertTrue(done.toString().length() < 200_000);
        assertTrue(node(done, "c").path("cut").asBoolean());
        assertTrue(node(done, "c").path("outputs").isNull());
        assertTrue(node(whole, "c").at("/outputs/text").asString().endsWith("more characters)"));
    }

    @Test
    void aGraphThatCanNotRunIsRefusedWithEveryProblem() {
        String graph = create(graph(GraphText.node("greet", "template", "{'template':'{{name}}'}"), ""));

        JsonNode problem =
                ada.post("/api/v1/graphs/" + graph + "/runs", "{}").is(400).json();

        assertEquals("GRAPH_INVALID", problem.path("code").asString());
        assertTrue(problem.path("detail").asString().contains("name"), problem.toString());
    }

    @Test
    void aGraphThatLoopsForEverIsEndedWithATypedError() throws Exception {
        String graph = create(
                graph(
                        GraphText.node("begin", "text.input", "{'name':'x','default':'a'}") + ","
                                + GraphText.node("more", "template", "{'template':'{{x}}'}") + ","
                                + GraphText.node("enough", "condition", "{'operator':'equals','right':'b'}") + ","
                                + GraphText.node("out", "text.output", "{'name':'text'}"),
                        edge("begin", "value", "more", "x") + "," + edge("more", "text", "enough", "value") + ","
                                + edge("enough", "true", "out", "value")
                                + ",{'id':'loop','source':'enough','sourceHandle':'false','target':'more','targetHandle':'x'}"));

        JsonNode done = ended(start(graph, "{}").path("id").asString());

        assertEquals("failed", done.path("state").asString());
        assertTrue(
                List.of("LIMIT_EXCEEDED", "BUDGET_EXCEEDED")
                        .contains(done.at("/error/code").asString()),
                done.toString());
    }

    @Test
    void moreRunsAtOnceThanMayAreRefusedWith429() throws Exception {
        Belongings.addModel(ada, model);
        CountDownLatch hold = new CountDownLatch(1);
        model.when("Write").reply(ModelReply.text("ok").heldBy(hold));
        String graph = create(WRITING);
        List<String> going = new ArrayList<>();
        int refused = 0;
        for (int i = 0; i < 60; i++) {
            Person.Reply reply = ada.post("/api/v1/graphs/" + graph + "/runs", "{'inputs':{'topic':'x'}}");
            if (reply.status() == 429) {
                assertEquals("QUOTA_EXCEEDED", reply.json().path("code").asString());
                refused++;
            } else {
                going.add(reply.is(202).json().path("id").asString());
            }
        }
        hold.countDown();

        assertEquals(20, going.size());
        assertEquals(40, refused);
        for (String run : going) {
            assertEquals("done", ended(run).path("state").asString());
        }
    }

    @Test
    void anImportedGraphStartsNothingAndItsScriptsStayData(@TempDir Path folder) throws Exception {
        Path canary = folder.resolve("canary");
        String command = "touch " + canary;
        String hostile = graph(
                "{'id':'mcp','type':'mcp.stdio','typeVersion':1,'@class':'java.lang.ProcessBuilder','data':{'config':{"
                        + "'command':'/bin/sh','args':['-c','" + command + "'],'autostart':true}}},"
                        + "{'id':'text','type':'template','typeVersion':1,'data':{'config':{'template':"
                        + "'${T(java.lang.Runtime).getRuntime().exec(\\\"" + command
                        + "\\\")} #{7*7} <%= 7*7 %> {{name}}'}}},"
                        + GraphText.node("name", "text.input", "{'name':'name','default':'{{7*7}} @class'}") + ","
                        + GraphText.node("out", "text.output", "{'name':'text'}"),
                edge("name", "value", "text", "name") + "," + edge("text", "text", "out", "value")
                        + ",{'id':'x','source':'mcp','target':'nowhere','onLoad':'" + command + "'}");

        JsonNode imported = ada.post("/api/v1/graphs/import", hostile).is(201).json();
        String id = imported.path("id").asString();
        JsonNode again = ada.get("/api/v1/graphs/" + id).is(200).json();
        assertEquals("mcp.stdio", again.at("/graph/nodes/0/type").asString());
        assertEquals(
                "java.lang.ProcessBuilder", again.at("/graph/nodes/0/@class").asString());
        assertEquals(command, again.at("/graph/edges/2/onLoad").asString());
        ada.get("/api/v1/graphs/" + id + "/export").is(200);
        ada.post("/api/v1/graphs/" + id + "/runs", "{}").is(400);
        JsonNode done = ended(start(id, "{'node':'out'}").path("id").asString());

        assertEquals(
                "${T(java.lang.Runtime).getRuntime().exec(\"" + command + "\")} #{7*7} <%= 7*7 %> {{7*7}} @class",
                done.at("/outputs/text").asString());
        assertFalse(Files.exists(canary));
    }

    @Test
    void aQuestionAboutADataSetGivesAChart() throws Exception {
        byte[] csv = "region,sales\nNorth,20\nSouth,45\nWest,35\n".getBytes(StandardCharsets.UTF_8);
        String dataset = ada.sendFile("/api/v1/datasets", "orders.csv", csv)
                .is(201)
                .json()
                .path("id")
                .asString();
        String graph = ada.post("/api/v1/graph-templates/ask-data/graphs", "")
                .is(201)
                .json()
                .path("id")
                .asString();

        JsonNode done = ended(start(graph, "{'inputs':{'data':'" + dataset + "','question':'total sales by region'}}")
                .path("id")
                .asString());

        assertEquals("done", done.path("state").asString(), done.toString());
        assertEquals("answered", node(done, "answer").at("/outputs/status").asString());
        assertTrue(done.at("/outputs/charts/0/figure/data").isArray(), done.toString());
    }
}
