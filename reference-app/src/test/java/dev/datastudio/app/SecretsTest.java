package dev.datastudio.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.datastudio.core.Studio;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ScriptedModelServer;
import dev.datastudio.testkit.server.PostgresServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.StandardEnvironment;
import tools.jackson.databind.JsonNode;

/**
 * Secrets of every kind that the application takes or gives, followed through it: they are in no log, however much is
 * logged, no answer but the one that gives them, and no file (security row 17).
 */
class SecretsTest {
    private static final String AUTH = "/api/v1/auth";
    private static final int ENOUGH_LOGGED = 5_000;

    /** Each secret's name by each form in which it might be written down. */
    private final Map<String, String> forms = new ConcurrentHashMap<>();

    private final Set<String> leaks = new TreeSet<>();
    private int shown;

    private String secret(String name, String value) {
        byte[] bytes = value.getBytes(UTF_8);
        forms.put(value, name);
        forms.put(Base64.getEncoder().withoutPadding().encodeToString(bytes), name + " as Base64");
        forms.put(HexFormat.of().formatHex(bytes), name + " as hex");
        return value;
    }

    private Set<String> found(String text) {
        Set<String> found = new TreeSet<>();
        forms.forEach((form, name) -> {
            if (text.contains(form)) {
                found.add(name);
            }
        });
        return found;
    }

    /** Looks at an answer, its status included, for nothing of it may be secret but what is named. */
    private Person.Reply shown(Person.Reply reply, String... given) {
        Map<String, List<String>> headers =
                new LinkedHashMap<>(reply.response().headers().map());
        headers.remove("set-cookie");
        Set<String> found = found(headers + reply.response().body());
        List.of(given).forEach(found::remove);
        for (String name : found) {
            leaks.add("the answer " + reply.status() + " of "
                    + reply.response().request().method() + " "
                    + reply.response().uri().getPath() + " has the " + name);
        }
        shown++;
        return reply;
    }

    @Test
    void areInNoLogNoAnswerAndNoFile() throws Exception {
        Path workspace;
        try (ScriptedModelServer model = ScriptedModelServer.start();
                AppServer server =
                        AppServer.start("studio.identity.mode=accounts", "studio.identity.registration=open");
                LogWatch log = LogWatch.begin(this::found)) {
            workspace = server.bean(Studio.class).workspace();
            Person ada = new Passwords(server).lead();
            new Models(ada, model).lead();
            databases(ada);
            links(ada);
            everythingThatCanBeRead(ada);
            searchFiles(workspace);
            leaks.addAll(log.finds());
            assertTrue(log.traced() > ENOUGH_LOGGED, "only " + log.traced() + " messages were logged");
        }
        searchFiles(workspace);
        assertEquals(Set.of(), leaks, () -> String.join("\n", leaks));
        assertTrue(shown > 100, "only " + shown + " answers were looked at");
    }

    /** What the program itself signs in with at databases behind it: also where they, or what is set of them, fail. */
    @Test
    void ofTheStoresBehindItAreInNoLogNoAnswerAndNoError() throws Exception {
        DataSource database = PostgresServer.require().newDatabase();
        String password = "studio.database.password=" + secret("password of the database", "canary-pg-8Wd2 x");
        String inUrl = secret("password in the database's address", "canary-pgurl-6TfC5v");
        String token = "studio.chroma.token=" + secret("token of Chroma", "canary-chroma-0Pl9Ok");
        String graph = "studio.neo4j.password=" + secret("password of Neo4j", "canary-neo4j-2Ws3Ed");
        String user = "studio.database.username=postgres";
        String nowhere = "studio.database.url=jdbc:postgresql://127.0.0.1:1/studio?password=" + inUrl;

        fails(nowhere, user, password);
        fails(nowhere.replace("postgresql:", "nosql:"), user, password, "studio.database.pool-size=many");
        fails("studio.neo4j.uri=bolt://127.0.0.1:1", "studio.neo4j.username=ann", graph);
        fails("studio.chroma.url=:no address", token);
        HttpServer chroma = repeating();
        beginLogging();
        try (LogWatch log = LogWatch.begin(this::found);
                AppServer server = AppServer.start(
                        "studio.identity.mode=accounts",
                        "studio.identity.registration=open",
                        "studio.database.url=" + address(database),
                        user,
                        password,
                        "studio.chroma.url=http://127.0.0.1:"
                                + chroma.getAddress().getPort(),
                        token)) {
            Person ada = server.newPerson();
            Belongings.make("documents", ada);
            shown(ada.post("/api/v1/documents/ask", "{'question':'Why is it so?'}"));
            everythingThatCanBeRead(ada);
            assertTrue(shown > 50, "only " + shown + " answers were looked at");
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP SCHEMA public CASCADE");
            }
            shown(ada.get("/api/v1/projects"));
            String refused = shown(
                            server.nobody().post(AUTH + "/sign-in", "{'email':'a@example.org','password':'not right'}"))
                    .is(503)
                    .response()
                    .body();
            assertTrue(refused.contains("can't use its storage now") && !refused.contains("relation"), refused);
            shown(server.nobody().get("/actuator/health"));
            leaks.addAll(log.finds());
            assertTrue(log.traced() > ENOUGH_LOGGED, "only " + log.traced() + " messages were logged");
        } finally {
            chroma.stop(0);
        }
        assertEquals(Set.of(), leaks, () -> String.join("\n", leaks));
    }

    /** Once an application has begun to log, those that start after it leave the loggers as they are. */
    private static void beginLogging() {
        LoggingSystem logging = LoggingSystem.get(SecretsTest.class.getClassLoader());
        logging.beforeInitialize();
        logging.initialize(new LoggingInitializationContext(new StandardEnvironment()), null, null);
    }

    private static String address(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return connection.getMetaData().getURL();
        }
    }

    /** A server that refuses everything and repeats what it was sent. */
    private static HttpServer repeating() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] headers = exchange.getRequestHeaders().entrySet().toString().getBytes(UTF_8);
            exchange.sendResponseHeaders(500, headers.length);
            exchange.getResponseBody().write(headers);
            exchange.close();
        });
        server.start();
        return server;
    }

    /** Has an application not start, and looks at what it says of that. */
    private void fails(String... settings) {
        beginLogging();
        Exception failure;
        try (LogWatch log = LogWatch.begin(this::found)) {
            failure = assertThrows(
                    Exception.class, () -> AppServer.start(settings).close());
            leaks.addAll(log.finds());
            assertTrue(log.traced() > 100, "only " + log.traced() + " messages were logged");
        }
        StringWriter told = new StringWriter();
        failure.printStackTrace(new PrintWriter(told));
        for (String name : found(told.toString())) {
            leaks.add("the failure of a start has the " + name + ": " + failure);
        }
    }

    /** The search itself must find what is there. */
    @Test
    void wouldBeFoundIfTheyWereThere(@TempDir Path folder) throws IOException {
        secret("key", "canary-1");
        Files.write(folder.resolve("file"), "a\0canary-1\0".getBytes(ISO_8859_1));
        searchFiles(folder);
        assertEquals(1, leaks.size(), leaks::toString);

        try (LogWatch log = LogWatch.begin(this::found)) {
            org.slf4j.LoggerFactory.getLogger("a.logger").trace("not", new IllegalStateException("canary-1"));
            assertEquals(Set.of("TRACE of a.logger has the key"), log.finds());
        }
    }

    /** What people sign in with, and what they are given to join or come back. */
    private final class Passwords {
        private final AppServer server;
        private final String first = secret("first password", "canary-first-9Zq7 TtLr");
        private final String second = secret("second password", "canary-second-41xW qPd0");
        private final String third = secret("third password", "canary-third-Kk8 vYb2");
        private final String wrong = secret("mistyped password", "canary-wrong-aa3 bNN1");

        Passwords(AppServer server) {
            this.server = server;
        }

        Person lead() {
            Person ada = server.nobody();
            String signUp = "{'email':'ada@example.org','name':'Ada','password':'%s','organisation':'Ada & Co'}";
            shown(server.nobody()
                    .post(AUTH + "/sign-up", signUp.formatted(wrong).replace("'Ada'", "''")));
            shown(server.nobody().post(AUTH + "/sign-up", signUp.formatted("canary-no")));
            shown(ada.post(AUTH + "/sign-up", signUp.formatted(first))).is(201);
            shown(server.nobody().post(AUTH + "/sign-up", signUp.formatted(wrong)));
            cookies(ada);
            signIn(server.nobody(), wrong).is(401);
            for (String password : List.of(wrong, "{'is':'" + wrong + "'}", "'" + wrong, "['" + wrong + "']")) {
                shown(server.nobody()
                                .post(AUTH + "/sign-in", "{'email':'ada@example.org','password':" + password + "}"))
                        .is(400);
            }
            shown(ada.post(AUTH + "/refresh", "")).is(200);
            cookies(ada);
            shown(ada.put(AUTH + "/password", "{'current':'" + wrong + "','password':'" + second + "'}"))
                    .is(403);
            shown(ada.put(AUTH + "/password", "{'current':'" + first + "','password':'" + second + "'}"))
                    .is(204);
            cookies(ada);
            invited(ada);
            token(ada);
            return ada;
        }

        private Person.Reply signIn(Person person, String password) {
            return shown(person.post(AUTH + "/sign-in", "{'email':'ada@example.org','password':'" + password + "'}"));
        }

        private void cookies(Person person) {
            secret("access cookie", Objects.requireNonNull(person.cookies().get("studio")));
            secret("refresh cookie", Objects.requireNonNull(person.cookies().get("studio-refresh")));
        }

        private void invited(Person ada) {
            Person.Reply invited = ada.post("/api/v1/invitations", "{'email':'ben@example.org','role':'admin'}");
            String token = secret("invitation", fragment(invited.is(201)));
            shown(invited, "invitation");
            Person ben = server.nobody();
            String accept = "{'token':'%s','name':'%s','password':'" + first + "'}";
            shown(ben.post(AUTH + "/invitations/accept", accept.formatted(token, "")))
                    .is(400);
            shown(ben.post(AUTH + "/invitations/accept", accept.formatted(token, "Ben")))
                    .is(200);
            shown(ben.post(AUTH + "/invitations/accept", accept.formatted(token, "Ben")))
                    .is(401);
            String id = ben.get(AUTH + "/session").json().at("/user/id").asString();
            Person.Reply linked = ada.post("/api/v1/members/" + id + "/reset-link", "");
            String reset = secret("reset link", fragment(linked.is(201)));
            shown(linked, "reset link");
            String body = "{'token':'" + reset + "','password':'%s'}";
            shown(server.nobody().post(AUTH + "/password/reset", body.formatted("short")))
                    .is(400);
            shown(server.nobody().post(AUTH + "/password/reset", body.formatted(third)))
                    .is(204);
            shown(server.nobody().post(AUTH + "/password/reset", body.formatted(third)))
                    .is(401);
            shown(ben.post(AUTH + "/sign-in", "{'email':'ben@example.org','password':'" + third + "'}"))
                    .is(200);
        }

        private static String fragment(Person.Reply reply) {
            return URI.create(reply.json().path("link").asString()).getFragment();
        }

        private void token(Person ada) {
            Person.Reply made =
                    ada.post("/api/v1/tokens", "{'name':'canary','scopes':['dataset:get'],'expiresInDays':1}");
            String token =
                    secret("personal token", made.is(201).json().path("token").asString());
            shown(made, "personal token");
            for (String header : List.of("Bearer " + token, "Bearer " + token + "x", "Basic " + token)) {
                shown(ada.send(ada.bare("/api/v1/datasets")
                        .header("Authorization", header)
                        .GET()));
                shown(ada.send(ada.bare("/api/v1/nowhere")
                        .header("Authorization", header)
                        .GET()));
            }
        }
    }

    /** Keys of services that don't take them, and say so in words that repeat them. */
    private final class Models {
        private final Person ada;
        private final ScriptedModelServer model;
        private final String key = secret("key of the model", "sk-canary-7f3e9b1d5c2a48d6");
        private final String draft = secret("key of a draft", "sk-canary-1a2b3c4d5e6f7081");

        Models(Person ada, ScriptedModelServer model) {
            this.ada = ada;
            this.model = model;
        }

        private String input(String provider, String with) {
            return "{'name':'Canary','provider':'" + provider + "','model_name':'m-1','endpoint_url':'"
                    + model.baseUrl() + "','configuration':{'max_retries':0},'api_key':'" + with + "'}";
        }

        void lead() throws Exception {
            model.requireKey("another");
            shown(ada.post("/api/v1/models/test", input("generic", draft))).is(200);
            shown(ada.post("/api/v1/models/test", input("nobody", draft))).is(400);
            shown(ada.post("/api/v1/models", "[" + input("generic", draft) + "]"))
                    .is(400);
            shown(ada.post("/api/v1/models", input("generic", draft).replace("'" + draft + "'", draft)))
                    .is(400);
            shown(ada.post("/api/v1/models", input("generic", draft).replace("'}", "")))
                    .is(400);
            Person.Reply made = shown(ada.send(ada.request("/api/v1/models")
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", "canary-canary")
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                            input("generic", key).replace('\'', '"')))));
            String path = "/api/v1/models/" + made.is(201).json().path("id").asString();
            shown(ada.post(path + "/test", "")).is(200);
            shown(ada.put(path, input("generic", key), "\"9\"")).is(409);
            used();
            model.requireKey(key);
            model.when(request -> true).reply(ModelReply.raw("<html>What is " + key + "?</html>"));
            shown(ada.post(path + "/test", "")).is(200);
            used();
        }

        /** Wherever a model is called. */
        private void used() throws Exception {
            String data = Belongings.make("datasets", ada);
            String talk = Belongings.make("conversations", ada);
            String messages = "/api/v1/conversations/" + talk + "/messages";
            String context = ",'agent':'data_analyst','context':{'datasetIds':['" + data + "']}}";
            shown(ada.post(messages, "{'message':'How many?'" + context));
            Person.Reply streamed = shown(ada.send(ada.request(messages)
                    .header("Content-Type", "application/json")
                    .header("Accept", "text/event-stream")
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                            ("{'message':'And why?'" + context).replace('\'', '"')))));
            assertTrue(streamed.response().body().contains("event:"), streamed.response()::body);
            shown(ada.post("/api/v1/studio/chat", "{'message':'How many?'}"));
            shown(ada.post("/api/v1/analysis/ask", "{'question':'Why is it so?','datasetIds':['" + data + "']}"));
            shown(ada.post("/api/v1/documents/ask", "{'question':'Why is it so?'}"));
            String graph = Belongings.id(ada.post("/api/v1/graphs", "{'name':'Calls','graph':" + CALLING + "}"));
            String run = Belongings.id(ada.post("/api/v1/graphs/" + graph + "/runs", "{'inputs':{}}"));
            Person.Reply events = shown(ada.send(ada.request("/api/v1/runs/" + run + "/events")
                    .header("Accept", "text/event-stream")
                    .GET()));
            assertTrue(events.response().body().contains("failed"), events.response()::body);
            assertTrue(model.requests().size() >= 5, () -> "only " + model.requests());
        }
    }

    private static final String CALLING =
            "{'nodes':[{'id':'in','type':'text.input','typeVersion':1,'data':{'config':{'name':'in','default':'Hi'}}},"
                    + "{'id':'model','type':'chat.model','typeVersion':1,'data':{'config':{}}},"
                    + "{'id':'out','type':'text.output','typeVersion':1,'data':{'config':{'name':'text'}}}],'edges':["
                    + "{'id':'a','source':'in','sourceHandle':'value','target':'model','targetHandle':'prompt'},"
                    + "{'id':'b','source':'model','sourceHandle':'text','target':'out','targetHandle':'value'}]}";

    private void databases(Person ada) {
        String password = secret("password of a database", "canary-db-5tGb6YhN");
        String other = secret("other password of a database", "canary-db-7uJm8IkL");
        String source = "{'name':'shop','kind':'postgresql','host':'127.0.0.1','port':9,'database':'shop','user':'ann',"
                + "'password':'%s'}";
        String id = Belongings.id(shown(ada.post("/api/v1/sources", source.formatted(password))));
        String path = "/api/v1/sources/" + id;
        for (String wrong : List.of("}", "'" + other + "'", "'" + other, "postgresql", "'shop'")) {
            shown(ada.post("/api/v1/sources", source.formatted(other).replace(wrong, other)))
                    .is(400);
        }
        shown(ada.put(path, source.formatted(other), "\"1\"")).is(200);
        shown(ada.post(path + "/check", ""));
        shown(ada.get(path + "/tables"));
        shown(ada.post(path + "/import", "{'table':'orders','name':'orders'}"));
        shown(ada.post(path + "/load", ""));
        shown(ada.get("/api/v1/studio/sources/" + id + "/preview?table=orders"));
        shown(ada.post("/api/v1/sql", "{'sql':'select 1','sourceId':'" + id + "'}"));
        String user = secret("password in an address", "canary-url-3eRt4FgH");
        shown(ada.post("/api/v1/datasets/url", "{'url':'https://ann:" + user + "@127.0.0.1/x.csv'}"));
        shown(ada.post("/api/v1/datasets/url", "{'url':'https://203.0.113.1:1/x.csv?key=" + user + "'}"));
    }

    private void links(Person ada) {
        JsonNode upload = ada.post("/upload", "{'file_name':'canary.csv','content_type':'text/csv'}")
                .is(200)
                .json();
        URI signed = URI.create(upload.path("presigned_url").asString());
        secret("signature of a link", signed.toString().replaceFirst(".*[/=]", ""));
        ada.sendTo(signed, "text/csv", "a,b\n1,2\n".getBytes(UTF_8));
        String question = "{'file_id':'" + upload.path("file_id").asString() + "','question':'average of b'}";
        shown(ada.post("/ask", question)).is(200);
    }

    /** Every route of the description that reads, with the ids of what there is. */
    private void everythingThatCanBeRead(Person ada) {
        Map<String, String> made = new TreeMap<>();
        JsonNode api = ada.get("/api/docs").is(200).json();
        List<String> paths = new ArrayList<>(List.of("/actuator/prometheus", "/actuator/health", "/api/docs"));
        api.path("paths").forEachEntry((path, operations) -> {
            if (operations.has("get")) {
                paths.add(path);
            }
        });
        for (String path : paths) {
            String kind = path.replaceFirst(".*?/([a-z-]+)/\\{.*", "$1");
            String real = path;
            if (Belongings.KINDS.contains(kind)) {
                String id = made.computeIfAbsent(kind, any -> existing(ada, any));
                real = path.replaceFirst("\\{[A-Za-z]+}", id).replaceAll("\\{[A-Za-z]+}", "1");
            }
            if (!real.endsWith("/documents/" + made.get("documents") + "/events")) {
                shown(ada.get(real.replaceAll("\\{[A-Za-z]+}", "1")));
            }
        }
    }

    /** The newest of what the paths before led to, or a new one. */
    private static String existing(Person ada, String kind) {
        Person.Reply list = ada.get("/api/v1/" + kind);
        String id = list.status() == 200 ? list.json().at("/items/0/id").asString("") : "";
        return id.isEmpty() ? Belongings.make(kind, ada) : id;
    }

    private void searchFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                for (String name : found(new String(Files.readAllBytes(file), ISO_8859_1))) {
                    leaks.add("the file " + folder.relativize(file) + " has the " + name);
                }
            }
        }
    }
}
