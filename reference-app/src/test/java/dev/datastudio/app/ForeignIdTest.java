package dev.datastudio.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every id in a body or a query that the description of the API has, however deep: somebody of another organisation who
 * names a thing of the first is answered as if it did not exist, while its owner is answered otherwise. A new one joins by
 * itself, and fails until {@link #KINDS} says of what kind it is and {@link #BODIES} in what it is sent (G7).
 */
class ForeignIdTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern ID = Pattern.compile("(^|.*_)ids?|.*Ids?|item");
    private static final long LIMIT_SECONDS = 60;
    private static final Pattern OWN = Pattern.compile("\\{([a-z-]+)}");

    /** Ids that name nothing outside of what is sent, or only something that no organisation can have yet. */
    private static final Set<String> HARMLESS =
            Set.of("graph/nodes/0/id", "graph/edges/0/id", "nodes/0/id", "edges/0/id", "issueId", "issue_id");

    /** Ids that are only kept or compared as they are sent: nothing is looked up by them, so they make no difference. */
    private static final Set<String> KEPT = Set.of(
            "projectId", "project_id", "itemId", "/api/v1/projects/{id}/items", "/api/v1/studio/conversations/context");

    /** What the last name of an id says it is an id of. */
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("datasetIds", "datasets"),
            Map.entry("datasetId", "datasets"),
            Map.entry("documentIds", "documents"),
            Map.entry("conversationId", "conversations"),
            Map.entry("conversation_id", "conversations"),
            Map.entry("projectId", "projects"),
            Map.entry("project_id", "projects"),
            Map.entry("sourceId", "sources"),
            Map.entry("source_id", "sources"),
            Map.entry("source_version_id", "datasets"),
            Map.entry("file_id", "files"),
            Map.entry("user_id", "members"),
            Map.entry("itemId", "datasets"),
            Map.entry("item", "datasets"),
            Map.entry("ids", "trained-models"),
            Map.entry("id", "datasets"));

    /** What is sent beside the id; a name in braces stands for a thing of whoever sends it. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("POST /ask", "{'file_id':'{files}','question':'average sales by region'}"),
            Map.entry("POST /api/v1/ask", "{'file_id':'{files}','question':'average sales by region'}"),
            Map.entry("POST /upload", "{'file_name':'a.csv'}"),
            Map.entry("POST /api/v1/upload", "{'file_name':'a.csv'}"),
            Map.entry(
                    "POST /api/v1/analysis/ask", "{'question':'average sales by region','datasetIds':['{datasets}']}"),
            Map.entry("POST /api/v1/sql", "{'sql':'select 1 as one','datasetIds':['{datasets}']}"),
            Map.entry("POST /api/v1/sql/explain", "{'sql':'select 1 as one','datasetIds':['{datasets}']}"),
            Map.entry("POST /api/v1/sql/export", "{'sql':'select 1 as one','datasetIds':['{datasets}']}"),
            Map.entry("POST /api/v1/trained-models", "{'spec':{'target':'nothing'}}"),
            Map.entry("POST /api/v1/trained-models/{id}/datasets", "{'name':'predicted'}"),
            Map.entry("POST /api/v1/trained-models/{id}/rows", "{'rows':3,'name':'made'}"),
            Map.entry("POST /api/v1/trained-models/{id}/drift", "{}"),
            Map.entry("GET /api/v1/trained-models/comparison", "ids={trained-models}"),
            Map.entry("POST /api/v1/documents/ask", "{'question':'Whose?'}"),
            Map.entry("POST /api/v1/documents/search", "{'query':'theirs'}"),
            Map.entry("POST /api/v1/conversations/{id}/messages", "{'message':'Hello','context':{}}"),
            Map.entry("POST /api/v1/conversations/{id}/messages/{number}/edit", "{'message':'Hello','context':{}}"),
            Map.entry("POST /api/v1/studio/chat", "{'message':'Hello','context':{}}"),
            Map.entry("POST /api/v1/projects/{id}/items", "{'kind':'dataset'}"),
            Map.entry("POST /api/v1/projects/{id}/notes", "{'text':'Hello'}"),
            Map.entry("DELETE /api/v1/projects/{id}/items", "kind=dataset"),
            Map.entry("GET /api/v1/studio/conversations/context", ""),
            Map.entry("GET /api/v1/studio/sources/{id}/preview", ""));

    private final AppServer server = AppServer.shared();
    private final Person owner = server.newPerson();
    private final Person stranger = server.newPerson();
    private final Map<Person, Map<String, String>> things = new HashMap<>();

    /** A place of an id: the route, and the path to it in the body, or its name in the query. */
    private record Place(String method, String path, String pointer, boolean inBody) {
        String route() {
            return method + " " + path;
        }

        String name() {
            return pointer.replaceFirst("/0$", "").replaceFirst(".*/", "");
        }

        @Override
        public String toString() {
            return route() + (inBody ? " in " : " ?") + pointer;
        }
    }

    @TestFactory
    Stream<DynamicTest> aThingOfOthersIsAsGoodAsNoneInBodiesAndQueries() {
        List<Place> places = places(owner.get("/api/docs").is(200).json());
        assertTrue(places.size() > 20, places::toString);
        return places.stream().map(place -> DynamicTest.dynamicTest(place.toString(), () -> check(place)));
    }

    private void check(Place place) {
        String kind = KINDS.getOrDefault(place.name(), "");
        assertNotEquals("", kind, "nothing says of what kind the id in " + place + " is");
        assertTrue(BODIES.containsKey(place.route()), "nothing says what is sent with the id in " + place);
        String theirs = thing(owner, kind);
        String nobodys = UUID.randomUUID().toString();

        Person somebody = place.inBody() ? stranger : server.newPerson(); // who has sent no such id in a body before
        Person.Reply ofTheirs = send(somebody, place, theirs);
        Person.Reply ofNothing = send(somebody, place, nobodys);

        assertEquals(ofNothing.status(), ofTheirs.status(), ofTheirs.response()::body);
        assertEquals(told(ofNothing, nobodys), told(ofTheirs, theirs));
        if (KEPT.contains(place.name()) || KEPT.contains(place.path())) {
            return;
        }
        // The owner is answered otherwise, or the id was never looked at.
        Person.Reply own = send(owner, place, theirs);
        assertNotEquals(
                told(send(owner, place, nobodys), nobodys),
                told(own, theirs),
                () -> "the id makes no difference: " + own.response().body());
    }

    /** A thing of somebody, made when it is asked for first. */
    private String thing(Person person, String kind) {
        Map<String, String> own = things.computeIfAbsent(person, any -> new HashMap<>());
        String known = own.get(kind);
        if (known == null) {
            known = Belongings.make(kind, person);
            if (kind.equals("documents")) {
                person.get("/api/v1/documents/" + known + "/events").is(200); // until it can be searched
            }
            own.put(kind, known);
        }
        return known;
    }

    private String filled(Person person, String text) {
        return OWN.matcher(text).replaceAll(found -> Matcher.quoteReplacement(thing(person, found.group(1))));
    }

    private Person.Reply send(Person person, Place place, String id) {
        String path = place.path();
        Matcher kind = Pattern.compile("/([a-z-]+)/\\{id}").matcher(path);
        if (kind.find()) { // a new one each time, that looks the same
            String own = path.contains("{number}") ? "talks" : kind.group(1);
            path = path.replace("{id}", Belongings.make(own, person)).replace("{number}", "1");
        }
        String sent = filled(person, BODIES.getOrDefault(place.route(), "")).replace('\'', '"');
        if (!place.inBody()) {
            String query = (sent.isEmpty() ? "" : sent + "&") + place.pointer() + "=" + id;
            return person.send(person.request(path + "?" + query).method(place.method(), BodyPublishers.noBody()));
        }
        ObjectNode body = (ObjectNode) JSON.readTree(sent);
        put(body, place.pointer(), id);
        return person.send(person.request(path)
                .header("Content-Type", "application/json")
                .method(place.method(), BodyPublishers.ofString(body.toString())));
    }

    private static void put(ObjectNode body, String pointer, String id) {
        String[] names = pointer.split("/", -1);
        ObjectNode at = body;
        int last = names[names.length - 1].equals("0") ? names.length - 2 : names.length - 1;
        for (int i = 0; i < last; i++) {
            at = (ObjectNode) at.get(names[i]);
        }
        if (last == names.length - 1) {
            at.put(names[last], id);
        } else {
            ArrayNode list = at.putArray(names[last]);
            list.add(id);
        }
    }

    /** Graphs name things in what their nodes are set to, and in what they are run with. */
    @Test
    void aThingOfOthersIsAsGoodAsNoneInGraphs() {
        String dataset = graph(
                "{'id':'data','type':'dataset.input','typeVersion':1,'data':{'config':{'name':'data'}}}",
                "data",
                "name");
        assertSameOfARun("datasets", id -> dataset, "{'inputs':{'data':'%s'}}");
        assertSameOfARun(
                "datasets", id -> dataset.replace("'name':'data'", "'name':'data','default':'" + id + "'"), "{}");
        assertSameOfARun(
                "graphs",
                id -> graph(
                        "{'id':'inner','type':'sub-graph','typeVersion':1,'data':{'config':{'graphId':'" + id + "'}}}",
                        "inner",
                        "text"),
                "{}");
    }

    private void assertSameOfARun(String kind, UnaryOperator<String> graph, String input) {
        String theirs = thing(owner, kind);
        String nobodys = UUID.randomUUID().toString();

        assertEquals(run(stranger, graph, input, nobodys), run(stranger, graph, input, theirs));
        assertNotEquals(run(owner, graph, input, nobodys), run(owner, graph, input, theirs));
    }

    private static String run(Person person, UnaryOperator<String> graph, String input, String id) {
        Person.Reply made = person.post("/api/v1/graphs", "{'name':'Named','graph':" + graph.apply(id) + "}");
        if (made.status() >= 300) {
            return told(made, id);
        }
        Person.Reply begun = person.post("/api/v1/graphs/" + Belongings.id(made) + "/runs", input.formatted(id));
        if (begun.status() >= 300) {
            return told(begun, id);
        }
        String run = "/api/v1/runs/" + Belongings.id(begun);
        person.get(run + "/events").is(200); // to its end
        JsonNode ended = person.get(run).is(200).json();
        return (ended.path("state") + " " + ended.path("error") + ended.path("outputs"))
                .replace(id, "ID")
                .replaceAll("[0-9a-f-]{36}", "…");
    }

    private static String graph(String node, String name, String output) {
        return "{'nodes':[" + node
                + ",{'id':'out','type':'text.output','typeVersion':1,'data':{'config':{'name':'text'}}}],'edges':[{'id':'e','source':'"
                + name + "','sourceHandle':'" + output + "','target':'out','targetHandle':'value'}]}";
    }

    /** Sockets are in no description: those that the application has are asked of it. */
    @Test
    void aSocketToAThingOfOthersLeadsNowhere() {
        Set<String> paths =
                server.bean(WebSocketHandlerMapping.class).getHandlerMap().keySet();
        assertEquals(Set.of("/ws/chat/*", "/ws/runs/*", "/ws/analysis/*", "/ws/test-echo"), paths);
        String nobodys = UUID.randomUUID().toString();

        assertEquals("4404", Frames.last(server, stranger, "/ws/chat/" + nobodys, ""));
        assertEquals("4404", Frames.last(server, stranger, "/ws/chat/" + thing(owner, "conversations"), ""));
        assertEquals("4404", Frames.last(server, stranger, "/ws/runs/" + nobodys, ""));
        assertEquals("4404", Frames.last(server, stranger, "/ws/runs/" + thing(owner, "runs"), ""));
    }

    @Test
    void aThingOfOthersIsAsGoodAsNoneInMessagesOverSockets() {
        String analysis = "/ws/analysis/" + UUID.randomUUID();
        assertSameOverSocket(
                "datasets", analysis, "{'type':'ask','question':'average sales by region','datasetIds':['%s']}");
        assertSameOverSocket(
                "sources", analysis, "{'type':'ask','question':'average sales by region','sourceId':'%s'}");
        String chat = "/ws/chat/" + thing(stranger, "conversations");
        assertSameOverSocket("datasets", chat, "{'type':'message','message':'Hello','context':{'datasetIds':['%s']}}");
        assertSameOverSocket("sources", chat, "{'type':'message','message':'Hello','context':{'sourceId':'%s'}}");
    }

    private void assertSameOverSocket(String kind, String path, String message) {
        String theirs = thing(owner, kind);
        String nobodys = UUID.randomUUID().toString();

        String ofTheirs = Frames.last(server, stranger, path, message.formatted(theirs));
        String ofNothing = Frames.last(server, stranger, path, message.formatted(nobodys));

        assertTrue(ofNothing.contains("error"), ofNothing);
        assertEquals(masked(ofNothing.replace(nobodys, "ID")), masked(ofTheirs.replace(theirs, "ID")));
    }

    /** What a socket tells. */
    private static final class Frames implements WebSocket.Listener {
        private final StringBuilder part = new StringBuilder();
        private final CompletableFuture<String> last = new CompletableFuture<>();

        /** The frame that ends an answer, or the code with which the socket is closed. */
        static String last(AppServer server, Person person, String path, String message) {
            Frames frames = new Frames();
            String origin = server.address().toString();
            WebSocket socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .header("Cookie", person.cookieHeader())
                    .header("Origin", origin)
                    .buildAsync(URI.create(origin.replace("http:", "ws:") + path), frames)
                    .join();
            if (!message.isEmpty()) {
                socket.sendText(message.replace('\'', '"'), true).join();
            }
            String last = frames.last.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
            socket.abort();
            return last;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean isWhole) {
            part.append(data);
            if (isWhole) {
                if (part.indexOf("\"final\":true") >= 0) {
                    last.complete(part.toString());
                }
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            last.complete(String.valueOf(code));
            return null;
        }
    }

    private static String masked(String text) {
        return text.replaceAll("[0-9a-f-]{36}|[0-9.:TZ-]+", "…");
    }

    /** What somebody is told, without the id, and what differs from answer to answer. */
    private static String told(Person.Reply reply, String id) {
        if (reply.status() < 400) {
            return reply.status() + " " + masked(reply.response().body());
        }
        JsonNode problem = reply.json();
        return (reply.status() + " " + problem.path("code").asString() + ": "
                        + problem.path("detail").asString() + " / "
                        + problem.path("mend").asString())
                .replace(id, "ID");
    }

    private static List<Place> places(JsonNode api) {
        List<Place> places = new ArrayList<>();
        api.path("paths")
                .forEachEntry((path, operations) -> operations.forEachEntry((method, operation) -> {
                    String verb = method.toUpperCase(Locale.ROOT);
                    operation.path("parameters").forEach(parameter -> {
                        String name = parameter.path("name").asString();
                        if (parameter.path("in").asString().equals("query") && isId(name)) {
                            places.add(new Place(verb, path, name, false));
                        }
                    });
                    JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
                    ids(api, schema, "", Set.of()).forEach(pointer -> places.add(new Place(verb, path, pointer, true)));
                }));
        places.removeIf(place -> HARMLESS.contains(place.pointer()) || HARMLESS.contains(place.name()));
        return places;
    }

    private static boolean isId(String name) {
        return ID.matcher(name).matches();
    }

    /** The paths of the ids in a schema; those of lists end with {@code /0}. */
    private static List<String> ids(JsonNode api, JsonNode schema, String path, Set<String> within) {
        List<String> ids = new ArrayList<>();
        if (schema.has("$ref")) {
            String name = schema.path("$ref").asString();
            if (!within.contains(name)) {
                Set<String> deeper = new HashSet<>(within);
                deeper.add(name);
                ids.addAll(ids(api, api.at(name.substring(1)), path, deeper));
            }
        }
        for (String either : List.of("oneOf", "anyOf", "allOf")) {
            schema.path(either).forEach(part -> ids.addAll(ids(api, part, path, within)));
        }
        schema.path("properties").forEachEntry((name, member) -> {
            String here = path.isEmpty() ? name : path + "/" + name;
            boolean isList = member.has("items");
            if (isId(name)) {
                ids.add(isList ? here + "/0" : here);
            }
            ids.addAll(ids(api, member, here, within));
        });
        if (schema.has("items")) {
            ids.addAll(ids(api, schema.path("items"), path + "/0", within));
        }
        return ids;
    }
}
