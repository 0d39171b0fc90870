package dev.datastudio.app.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.app.AppServer;
import dev.datastudio.app.Person;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GraphRoutesTest {
    private static final String GREETING = "{'nodes':[{'id':'who','type':'text.input','typeVersion':1,"
            + "'position':{'x':0,'y':0},'data':{'config':{'name':'name'}}},"
            + "{'id':'greet','type':'template','typeVersion':1,'position':{'x':200,'y':0},"
            + "'data':{'title':'Greet','config':{'template':'Hello {{name}}'}}},"
            + "{'id':'out','type':'text.output','typeVersion':1,'position':{'x':400,'y':0},"
            + "'data':{'config':{'name':'text'}}}],"
            + "'edges':[{'id':'e1','source':'who','sourceHandle':'value','target':'greet','targetHandle':'name'},"
            + "{'id':'e2','source':'greet','sourceHandle':'text','target':'out','targetHandle':'value'}]}";

    private final Person ada = AppServer.shared().newPerson();
    private final Person eve = AppServer.shared().newPerson();

    private String create(Person person, String name, String graph) {
        return person.post("/api/v1/graphs", "{'name':'" + name + "','graph':" + graph + "}")
                .is(201)
                .json()
                .path("id")
                .asString();
    }

    private static List<String> texts(JsonNode list, String member) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.path(member).asString()));
        return texts;
    }

    @Test
    void aGraphIsMadeSavedVersionedDuplicatedAndDeleted() {
        Person.Reply made = ada.post("/api/v1/graphs", "{'name':'Greeting','graph':" + GREETING + "}")
                .is(201);
        String path = "/api/v1/graphs/" + made.json().path("id").asString();
        assertEquals("\"1\"", made.header("ETag"));
        assertEquals(3, made.json().path("nodeCount").asInt());
        assertTrue(made.json().path("publishedVersion").isNull());
        assertEquals("Greet", made.json().at("/graph/nodes/1/data/title").asString());

        ada.put(path, "{'name':'Renamed','description':'Says hello','graph':" + GREETING + "}")
                .is(428);
        Person.Reply saved = ada.put(
                        path, "{'name':'Renamed','description':'Says hello','graph':" + GREETING + "}", "\"1\"")
                .is(200);
        assertEquals("\"2\"", saved.header("ETag"));
        ada.put(path, "{'name':'Late','graph':" + GREETING + "}", "\"1\"").is(409);
        assertEquals(
                "Says hello", ada.get(path).is(200).json().path("description").asString());

        ada.post(path + "/versions", "{'note':'first'}").is(201);
        ada.put(path, "{'graph':{'nodes':[],'edges':[]}}", "\"2\"").is(200);
        JsonNode versions = ada.get(path + "/versions").is(200).json();
        assertEquals(List.of("first"), texts(versions, "note"));
        assertEquals(
                3,
                ada.get(path + "/versions/1").is(200).json().at("/graph/nodes").size());
        ada.get(path + "/versions/2").is(404);
        JsonNode restored = ada.post(path + "/versions/1/restore", "").is(200).json();
        assertEquals(4, restored.path("revision").asInt());
        assertEquals(3, restored.path("nodeCount").asInt());

        JsonNode copy = ada.post(path + "/duplicate", "").is(201).json();
        assertEquals("Copy of Renamed", copy.path("name").asString());
        assertEquals(
                List.of("Copy of Renamed", "Renamed"),
                texts(ada.get("/api/v1/graphs").is(200).json().path("items"), "name"));
        ada.delete(path).is(204);
        ada.get(path).is(404);
        ada.delete(path).is(404);
    }

    @Test
    void whatIsExportedCanBeImportedAgainAsItWas() {
        String id = create(ada, "Greeting é", GREETING);

        Person.Reply file = ada.get("/api/v1/graphs/" + id + "/export").is(200);
        assertTrue(file.header("Content-Disposition").startsWith("attachment"), file.header("Content-Disposition"));
        JsonNode imported = eve.send(eve.request("/api/v1/graphs/import")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(file.response().body())))
                .is(201)
                .json();

        assertEquals("Greeting é", imported.path("name").asString());
        assertEquals(file.json().path("nodes"), imported.at("/graph/nodes"));
        assertEquals(file.json().path("edges"), imported.at("/graph/edges"));
        eve.post("/api/v1/graphs/import", "[1,2]").is(400);
        eve.post("/api/v1/graphs/import", "{'nodes':7}").is(400);
    }

    @Test
    void theGraphsOfAnotherOrganisationAreNotThere() {
        String id = create(ada, "Secret", GREETING);
        String path = "/api/v1/graphs/" + id;

        String foreign = eve.get(path).is(404).json().path("detail").asString();
        String nobody = UUID.randomUUID().toString();
        String unknown = eve.get("/api/v1/graphs/" + nobody)
                .is(404)
                .json()
                .path("detail")
                .asString();

        assertEquals(unknown.replace(nobody, "X"), foreign.replace(id, "X"));
        eve.put(path, "{'name':'Mine','graph':" + GREETING + "}", "\"1\"").is(404);
        eve.post(path + "/duplicate", "").is(404);
        eve.post(path + "/versions", "{'note':''}").is(404);
        eve.get(path + "/export").is(404);
        eve.delete(path).is(404);
        assertEquals(0, eve.get("/api/v1/graphs").is(200).json().path("items").size());
        JsonNode outer = eve.post(
                        "/api/v1/graphs/check",
                        "{'graph':{'nodes':[{'id':'s','type':'sub-graph','typeVersion':1,'data':{'config':{'graphId':'"
                                + id + "'}}}],'edges':[]}}")
                .is(200)
                .json();
        assertTrue(texts(outer.path("problems"), "kind").contains("SUBGRAPH_MISSING"), outer.toString());
    }

    @Test
    void everythingThatIsWrongIsSaidWithTheNodeOrEdgeAndWhatToDo() {
        JsonNode check = ada.post(
                        "/api/v1/graphs/check",
                        "{'graph':{'nodes':[{'id':'a','type':'acme.gone','typeVersion':1,'data':{'config':{}}},"
                                + "{'id':'b','type':'template','typeVersion':1,'data':{'config':{}}}],"
                                + "'edges':[{'id':'lost','source':'a','target':'nowhere'}]}}")
                .is(200)
                .json();

        JsonNode problems = check.path("problems");
        assertTrue(texts(problems, "kind")
                .containsAll(List.of("NODE_TYPE_UNKNOWN", "CONFIG_INVALID", "EDGE_NODE_MISSING")));
        for (JsonNode problem : problems) {
            assertFalse(problem.path("message").asString().isEmpty(), problem.toString());
            assertFalse(problem.path("mend").asString().isEmpty(), problem.toString());
            if (problem.path("kind").asString().equals("EDGE_NODE_MISSING")) {
                assertEquals("lost", problem.path("edgeId").asString());
            }
        }
    }

    @Test
    void theKindsOfNodesSayTheirPortsAndTheirSettings() {
        JsonNode kinds = ada.get("/api/v1/node-types").is(200).json();

        List<String> ids = texts(kinds, "id");
        assertTrue(
                ids.containsAll(List.of(
                        "text.input",
                        "document.input",
                        "dataset.input",
                        "chat.model",
                        "vector.search",
                        "question",
                        "sql",
                        "template",
                        "condition",
                        "map",
                        "sub-graph",
                        "text.output",
                        "human.approval",
                        "thought.tree",
                        "tool.query_documents",
                        "agent.data_analyst")),
                ids::toString);
        for (JsonNode kind : kinds) {
            assertEquals("object", kind.at("/configSchema/type").asString(), kind.toString());
            assertFalse(kind.path("category").asString().isEmpty());
        }
        JsonNode chat = kinds.get(ids.indexOf("chat.model"));
        assertEquals("prompt", chat.at("/inputs/0/name").asString());
        assertEquals("required", chat.at("/inputs/0/presence").asString());
        assertEquals("text", chat.at("/outputs/0/type").asString());
        assertEquals(2, chat.at("/configSchema/properties/temperature/maximum").asInt());
        assertFalse(chat.path("dynamicPorts").asBoolean());
        assertTrue(kinds.get(ids.indexOf("template")).path("dynamicPorts").asBoolean());
    }

    @Test
    void theConfigurationSaysWhichPortsANodeHas() {
        JsonNode ports = ada.post("/api/v1/node-types/template/ports", "{'config':{'template':'{{a}} and {{b}}'}}")
                .is(200)
                .json();
        JsonNode tool = ada.post(
                        "/api/v1/node-types/tool.query_documents/ports", "{'config':{'arguments':{'question':'Why?'}}}")
                .is(200)
                .json();
        JsonNode broken = ada.post("/api/v1/node-types/template/ports", "{'config':{'template':'{{a'}}")
                .is(200)
                .json();

        assertEquals(List.of("a", "b"), texts(ports.path("inputs"), "name"));
        assertEquals("optional", tool.at("/inputs/0/presence").asString());
        assertEquals(List.of("CONFIG_INVALID"), texts(broken.path("problems"), "kind"));
        ada.post("/api/v1/node-types/none/ports", "{'config':{}}").is(404);
    }

    @Test
    void thePortsOfManyNodesAreAskedForAtOnce() {
        String nodes = IntStream.range(0, 200)
                .mapToObj(number -> "{'type':'template','config':{'template':'{{a" + number + "}}'}}")
                .collect(Collectors.joining(","));
        JsonNode ports = ada.post(
                        "/api/v1/node-types/ports",
                        "{'nodes':[" + nodes
                                + ",{'type':'template','config':{'template':'{{a'}},{'type':'text.input','config':{'name':'q'}},{'type':'none'}]}")
                .is(200)
                .json();

        assertEquals(203, ports.size());
        for (int number = 0; number < 200; number++) {
            assertEquals(List.of("a" + number), texts(ports.get(number).path("inputs"), "name"));
        }
        assertEquals(List.of("CONFIG_INVALID"), texts(ports.get(200).path("problems"), "kind"));
        assertEquals(
                ada.post("/api/v1/node-types/text.input/ports", "{'config':{'name':'q'}}")
                        .is(200)
                        .json(),
                ports.get(201));
        assertEquals(List.of("NODE_TYPE_UNKNOWN"), texts(ports.get(202).path("problems"), "kind"));
        ada.post("/api/v1/node-types/ports", "{}").is(400);
        ada.post("/api/v1/node-types/ports", "{'nodes':[null]}").is(400);
        String tooMany = "{'type':'template'},".repeat(2_000) + "{'type':'template'}";
        ada.post("/api/v1/node-types/ports", "{'nodes':[" + tooMany + "]}").is(400);
    }

    @Test
    void everyTemplateBecomesAGraphWithoutProblems() {
        JsonNode templates = ada.get("/api/v1/graph-templates").is(200).json();

        assertTrue(templates.size() >= 5);
        for (String id : texts(templates, "id")) {
            JsonNode made = ada.post("/api/v1/graph-templates/" + id + "/graphs", "")
                    .is(201)
                    .json();
            JsonNode check = ada.send(ada.request("/api/v1/graphs/check")
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{\"graph\":" + made.path("graph") + "}")))
                    .is(200)
                    .json();
            assertEquals(0, check.path("problems").size(), id + ": " + check);
        }
        ada.post("/api/v1/graph-templates/none/graphs", "").is(404);
    }
}
