package dev.datastudio.app;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.testkit.model.ScriptedModelServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** One of everything that somebody can have and that has an id, by the name that its paths begin with. */
public final class Belongings {
    private static final String CSV = "region,sales\nNorth,10\nSouth,20\n";

    private Belongings() {}

    /** Makes a thing that has an id. */
    private interface Maker {
        String make(Person owner);
    }

    private static final Map<String, Maker> MAKERS = Map.ofEntries(
            Map.entry(
                    "models",
                    owner -> id(owner.post(
                            "/api/v1/models",
                            "{'name':'theirs','provider':'ollama','model_name':'llama3.2',"
                                    + "'endpoint_url':'http://127.0.0.1:9'}"))),
            Map.entry("trained-models", Belongings::trainedModel),
            Map.entry("runs", Belongings::run),
            Map.entry("graphs", owner -> id(owner.post("/api/v1/graphs", "{'name':'theirs'}"))),
            Map.entry(
                    "datasets",
                    owner ->
                            id(owner.sendFile("/api/v1/datasets", "theirs.csv", CSV.getBytes(StandardCharsets.UTF_8)))),
            Map.entry(
                    "documents",
                    owner -> id(owner.sendFile(
                            "/api/v1/documents", "theirs.txt", "Theirs alone.".getBytes(StandardCharsets.UTF_8)))),
            Map.entry("conversations", owner -> id(owner.post("/api/v1/conversations", "{'title':'theirs'}"))),
            Map.entry("projects", Belongings::project),
            Map.entry(
                    "notes",
                    owner -> id(owner.post("/api/v1/projects/" + project(owner) + "/notes", "{'text':'theirs'}"))),
            Map.entry("project-templates", Belongings::template),
            Map.entry(
                    "sources",
                    owner -> id(owner.post(
                            "/api/v1/sources", "{'name':'theirs','kind':'sqlite','database':'/theirs.db'}"))),
            Map.entry("files", Belongings::file),
            Map.entry(
                    "uploads",
                    owner -> id(owner.sendFile("/api/v1/uploads", "theirs.csv", CSV.getBytes(StandardCharsets.UTF_8)))),
            Map.entry("talks", Belongings::talk),
            Map.entry("ask", Belongings::job),
            Map.entry("jobs", Belongings::job),
            Map.entry(
                    "invitations",
                    owner -> id(owner.post("/api/v1/invitations", "{'email':'new@example.org','role':'viewer'}"))),
            Map.entry(
                    "tokens",
                    owner -> id(owner.post(
                            "/api/v1/tokens", "{'name':'theirs','scopes':['dataset:get'],'expiresInDays':1}"))),
            Map.entry(
                    "members",
                    owner -> owner.get("/api/v1/members")
                            .is(200)
                            .json()
                            .path("items")
                            .path(0)
                            .path("id")
                            .asString()));

    /** The id of what was made, which must have been. */
    public static String id(Person.Reply made) {
        assertTrue(made.status() < 300, made.response().body());
        String id = made.json().path("id").asString();
        assertFalse(id.isEmpty(), made.response().body());
        return id;
    }

    /** Adds a model called Scripted that says what a test wants, and gives its id. */
    public static String addModel(Person owner, ScriptedModelServer server) {
        return addModel(owner, server, "");
    }

    /**
     * As {@link #addModel(Person, ScriptedModelServer)}.
     *
     * @param more of its configuration, such as {@code ,'input_price_per_million':1}
     */
    public static String addModel(Person owner, ScriptedModelServer server, String more) {
        return id(owner.post(
                "/api/v1/models",
                "{'name':'Scripted','provider':'generic','model_name':'m-1','endpoint_url':'" + server.baseUrl()
                        + "','configuration':{'max_retries':0" + more + "},'api_key':'key-of-nobody'}"));
    }

    /** Imports a file, and gives the id of the data set. */
    public static String dataset(Person owner, String name, String csv) {
        return id(owner.sendFile("/api/v1/datasets", name, csv.getBytes(StandardCharsets.UTF_8)));
    }

    /** Adds a document, waits until it was read, and gives its id. */
    public static String document(Person owner, String name, byte[] content) {
        String id = id(owner.sendFile("/api/v1/documents", name, content));
        owner.get("/api/v1/documents/" + id + "/events").is(200); // ends when it was read
        return id;
    }

    /** Keeps a graph, and gives its id. */
    public static String graph(Person owner, String name, String graph) {
        return id(owner.post("/api/v1/graphs", "{'name':'" + name + "','graph':" + graph + "}"));
    }

    /** Trains a model of 40 rows, waits for it, and gives its id. */
    public static String trainedModel(Person owner) {
        StringBuilder csv = new StringBuilder("size,price\n");
        IntStream.range(0, 40)
                .forEach(i -> csv.append(i).append(',').append(2 * i + i % 3).append('\n'));
        return trained(
                owner,
                dataset(owner, "sizes.csv", csv.toString()),
                "{'target':'price','algorithm':'decision_tree'}",
                "theirs");
    }

    /** Trains a model on a data set, waits for it, and gives its id. */
    public static String trained(Person owner, String dataset, String spec, String name) {
        String job = id(owner.post(
                "/api/v1/trained-models", "{'datasetId':'" + dataset + "','spec':" + spec + ",'name':'" + name + "'}"));
        owner.get("/api/v1/jobs/" + job + "/events").is(200); // ends when it is trained
        return owner.get("/api/v1/jobs/" + job)
                .is(200)
                .json()
                .path("result")
                .path("id")
                .asString();
    }

    private static String run(Person owner) {
        String graph = id(owner.post("/api/v1/graph-templates/greeting/graphs", ""));
        return id(owner.post("/api/v1/graphs/" + graph + "/runs", "{'inputs':{}}"));
    }

    private static String project(Person owner) {
        return id(owner.post("/api/v1/projects", "{'name':'theirs'}"));
    }

    private static String template(Person owner) {
        String path = "/api/v1/projects/" + project(owner);
        owner.post(path + "/archive", "{'method':'theirs'}").is(200);
        return id(owner.post(path + "/template", "{'name':'theirs'}"));
    }

    private static String file(Person owner) {
        JsonNode upload = owner.post("/upload", "{'file_name':'theirs.csv','content_type':'text/csv'}")
                .is(200)
                .json();
        owner.sendTo(
                URI.create(upload.path("presigned_url").asString()), "text/csv", CSV.getBytes(StandardCharsets.UTF_8));
        return upload.path("file_id").asString();
    }

    /** A conversation in which something was said. */
    private static String talk(Person owner) {
        String conversation = make("conversations", owner);
        owner.post("/api/v1/conversations/" + conversation + "/messages", "{'message':'Hello'}");
        return conversation;
    }

    private static String job(Person owner) {
        String question = "{'file_id':'%s','question':'average sales by region'}".formatted(file(owner));
        return owner.post("/ask?async=true", question)
                .is(202)
                .json()
                .path("job_id")
                .asString();
    }

    /** The kinds of things that can be made: {@code datasets}. */
    static final Set<String> KINDS = MAKERS.keySet();

    /** Makes a thing of a kind, and gives its id. */
    static String make(String kind, Person owner) {
        return Objects.requireNonNull(MAKERS.get(kind), kind).make(owner);
    }
}
