package dev.datastudio.app;

import static dev.datastudio.app.GraphText.edge;
import static dev.datastudio.app.GraphText.graph;
import static dev.datastudio.app.GraphText.node;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ScriptedModelServer;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One organisation wants more than the server gives it: it is told so, and the others notice nothing (row 18). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // one server for all
class LimitsTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int REQUESTS = Integer.getInteger("studio.limits.requests", 2_000);
    private static final int AT_ONCE = 32;
    private static final int MOST_GROWTH = 32 << 20;
    private static final int MOST_THREADS = 150;
    private static final int PING = 0x89;
    private static final int CLOSE = 0x88;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final AppServer server = AppServer.start(
            "studio.identity.mode=accounts",
            "studio.identity.registration=open",
            "studio.graph.concurrent-runs=3",
            "studio.graph.max-steps=30",
            "studio.chat.concurrent-answers=2",
            "studio.jobs.waiting-per-tenant=4",
            "studio.limits.requests-per-tenant=8",
            "studio.limits.analyses-per-tenant=1",
            "studio.limits.connections-per-person=2",
            "studio.limits.socket-beat=400ms",
            "studio.quotas.per-tenant.bytes.day=100000");
    private final HttpClient http = HttpClient.newHttpClient();
    private ScriptedModelServer model;
    private CountDownLatch held;
    private Person ada;
    private Person bob;

    @BeforeEach
    void begin() {
        model = ScriptedModelServer.start();
        held = new CountDownLatch(1);
        ada = server.newPerson();
        bob = server.newPerson();
    }

    @AfterEach
    void end() {
        held.countDown();
        model.close();
    }

    @AfterAll
    void close() {
        server.close();
    }

    private void slowModel(Person person) {
        model.when(request -> true).reply(ModelReply.text("At last.").heldBy(held));
        Belongings.addModel(person, model);
    }

    private static String calling(Person person) {
        String graph = graph(
                node("in", "text.input", "{'name':'in','default':'Hi'}") + "," + node("model", "chat.model", "{}") + ","
                        + node("out", "text.output", "{'name':'text'}"),
                edge("in", "value", "model", "prompt") + "," + edge("model", "text", "out", "value"));
        return Belongings.graph(person, "G", graph);
    }

    private static String file(Person person) {
        JsonNode upload = person.post("/upload", "{'file_name':'sales.csv','content_type':'text/csv'}")
                .is(200)
                .json();
        person.sendTo(
                URI.create(upload.path("presigned_url").asString()), "text/csv", "a,b\nx,1\ny,2\n".getBytes(UTF_8));
        return upload.path("file_id").asString();
    }

    /** What starts something, sent by one organisation again and again. */
    private static final class Flood {
        private final Person person;
        private final String run;
        private final String file;
        private final List<String> conversations = new ArrayList<>();

        Flood(Person person) {
            this.person = person;
            this.run = "/api/v1/graphs/" + calling(person) + "/runs";
            this.file = file(person);
            for (int i = 0; i < 5; i++) {
                conversations.add(Belongings.make("conversations", person));
            }
        }

        HttpRequest request(int number) {
            return switch (number % 4) {
                case 0 -> post("/ask?async=true", asking(number));
                case 1 -> post(run, "{'inputs':{}}");
                case 2 ->
                    post(
                            "/api/v1/conversations/" + conversations.get(number % conversations.size()) + "/messages",
                            "{'message':'Why?','agent':'data_analyst'}");
                default -> post("/upload", "{'file_name':'more.csv','content_type':'text/csv'}");
            };
        }

        /** Something that only a model can answer. */
        String asking(int number) {
            return "{'file_id':'" + file + "','question':'why would anybody want number " + number + "'}";
        }

        private HttpRequest post(String path, String body) {
            return person.request(path)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body.replace('\'', '"')))
                    .build();
        }
    }

    @Test
    void aFloodOfStartsIsRefusedAndTheOthersNoticeNothing() throws Exception {
        slowModel(ada);
        Flood flood = new Flood(ada);
        String own =
                "/api/v1/graphs/" + Belongings.id(bob.post("/api/v1/graph-templates/greeting/graphs", "")) + "/runs";
        long heap = usedHeap();
        int threads = threads();
        Semaphore room = new Semaphore(AT_ONCE);
        ConcurrentLinkedQueue<HttpResponse<String>> answers = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<?>> sent = new ArrayList<>();

        for (int i = 0; i < REQUESTS; i++) {
            room.acquire();
            sent.add(http.sendAsync(flood.request(i), BodyHandlers.ofString()).whenComplete((answer, failure) -> {
                room.release();
                if (answer != null) {
                    answers.add(answer);
                }
            }));
            if (i == REQUESTS / 2) {
                bob.post(own, "{'inputs':{}}").is(202);
                assertTrue(threads() - threads < MOST_THREADS, () -> threads() + " threads, " + threads + " before");
            }
        }
        refusedBecause("3 runs of your organisation", () -> ada.post(flood.run, "{'inputs':{}}"));
        refusedBecause("has 4 jobs waiting", () -> ada.post("/ask?async=true", flood.asking(-1)));
        refusedBecause(
                "2 answers of your organisation",
                () -> ada.send(
                        ada.request("/api/v1/conversations/" + Belongings.make("conversations", ada) + "/messages")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"message\":\"Why?\",\"agent\":\"data_analyst\"}"))));
        held.countDown();
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();

        assertEquals(REQUESTS, answers.size());
        Map<Integer, Integer> statuses = new TreeMap<>();
        answers.forEach(answer -> statuses.merge(answer.statusCode(), 1, Integer::sum));
        assertTrue(Set.of(200, 202, 409, 429).containsAll(statuses.keySet()), statuses::toString);
        assertTrue(statuses.getOrDefault(429, 0) > REQUESTS / 4, statuses::toString);
        answers.stream().filter(answer -> answer.statusCode() == 429).forEach(LimitsTest::requireRefusal);
        until(() -> ada.post(flood.run, "{'inputs':{}}").status() == 202);
        long grown = usedHeap() - heap;
        assertTrue(grown < MOST_GROWTH, grown + " bytes more than before");
    }

    private static void refusedBecause(String why, Supplier<Person.Reply> request) {
        until(() -> {
            Person.Reply reply = request.get();
            return reply.status() == 429 && reply.response().body().contains(why);
        });
    }

    private static void requireRefusal(HttpResponse<String> answer) {
        JsonNode problem = JSON.readTree(answer.body());
        assertEquals("QUOTA_EXCEEDED", problem.path("code").asString(), answer.body());
        assertFalse(problem.path("mend").asString().isBlank(), answer.body());
        int seconds =
                Integer.parseInt(answer.headers().firstValue("Retry-After").orElse("0"));
        assertTrue(seconds >= 1 && seconds <= 5, answer.headers()::toString);
    }

    /** Asks until it is so. */
    private static void until(Supplier<Boolean> condition) {
        Instant end = Instant.now().plus(LIMIT);
        while (!condition.get()) {
            assertTrue(Instant.now().isBefore(end), "it did not come so within " + LIMIT);
            Thread.onSpinWait();
        }
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    @Test
    void whatIsUsedInADayEndsWithTheTimeOfTheNextOne() {
        Person.Reply refused =
                ada.sendFile("/api/v1/datasets", "large.csv", ("a\n" + "1\n".repeat(80_000)).getBytes(UTF_8));

        assertEquals("QUOTA_EXCEEDED", refused.is(429).json().path("code").asString());
        long seconds = Long.parseLong(refused.header("Retry-After"));
        assertTrue(seconds > 0 && seconds <= 86_400, refused::toString);
        bob.sendFile("/api/v1/datasets", "small.csv", "a\n1\n".getBytes(UTF_8)).is(201);
    }

    @Test
    void aRunEndsAfterAsManyStepsAsAreSet() {
        String looping = graph(
                node("begin", "text.input", "{'name':'x','default':'a'}") + ","
                        + node("more", "template", "{'template':'{{x}}'}") + ","
                        + node("enough", "condition", "{'operator':'equals','right':'b'}") + ","
                        + node("out", "text.output", "{'name':'text'}"),
                edge("begin", "value", "more", "x") + "," + edge("more", "text", "enough", "value") + ","
                        + edge("enough", "true", "out", "value") + "," + edge("enough", "false", "more", "x"));
        String graph = Belongings.graph(ada, "G", looping);
        String run = "/api/v1/runs/" + Belongings.id(ada.post("/api/v1/graphs/" + graph + "/runs", "{}"));
        ada.get(run + "/events").is(200); // to its end

        JsonNode error = ada.get(run).is(200).json().path("error");

        assertEquals("BUDGET_EXCEEDED", error.path("code").asString());
        assertTrue(error.toString().contains("30"), error::toString);
    }

    @Test
    void aPersonHasSoManyStreamsAndSocketsOpenAndNoMore() throws Exception {
        slowModel(ada);
        String run = Belongings.id(ada.post("/api/v1/graphs/" + calling(ada) + "/runs", "{'inputs':{}}"));
        InputStream stream = http.send(
                        ada.request("/api/v1/runs/" + run + "/events").GET().build(), BodyHandlers.ofInputStream())
                .body();
        WebSocket socket = socket(run);

        Person.Reply refused = ada.get("/api/v1/runs/" + run + "/events").is(429);
        assertEquals("CONNECTIONS_EXCEEDED", refused.json().path("code").asString());
        assertEquals("5", refused.header("Retry-After"));
        assertThrows(CompletionException.class, () -> socket(run));
        assertThrows(CompletionException.class, () -> socket(UUID.randomUUID().toString()));

        socket.abort();
        until(() -> {
            try {
                socket(run).abort();
                return true;
            } catch (CompletionException e) {
                return false;
            }
        });
        held.countDown();
        stream.readAllBytes();
    }

    @Test
    void aClientThatGivesNoSignOfLifeIsCutOffAndAnotherOneIsNot() throws Exception {
        slowModel(ada);
        String run = Belongings.id(ada.post("/api/v1/graphs/" + calling(ada) + "/runs", "{'inputs':{}}"));
        WebSocket lively = socket(run);
        try (Socket dead =
                new Socket(server.address().getHost(), server.address().getPort())) {
            dead.setSoTimeout((int) LIMIT.toMillis());
            dead.getOutputStream().write(handshake("/ws/runs/" + run).getBytes(UTF_8));
            InputStream told = dead.getInputStream();
            byte[] status = told.readNBytes("HTTP/1.1 101".length());
            assertEquals("HTTP/1.1 101", new String(status, UTF_8));
            long asked = 0;
            int last = 0;
            for (int next = told.read(); next >= 0 && last != CLOSE; next = told.read()) {
                asked += next == PING ? 1 : 0;
                last = next;
            }
            assertEquals(CLOSE, last);
            assertTrue(asked > 0, "it was not asked");
        }
        assertFalse(lively.isInputClosed());
        lively.abort();
    }

    private String handshake(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: " + server.address().getAuthority() + "\r\nOrigin: "
                + server.address() + "\r\nCookie: " + ada.cookieHeader()
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
    }

    /** Opens a socket, and waits until it has told something. */
    private WebSocket socket(String run) {
        CompletableFuture<Void> told = new CompletableFuture<>();
        WebSocket.Listener listener = new WebSocket.Listener() {
            @Override
            public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                told.complete(null);
                socket.request(1);
                return null;
            }

            @Override
            public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                told.completeExceptionally(new IllegalStateException("closed with " + code));
                return null;
            }
        };
        URI address = URI.create(server.address().toString().replace("http:", "ws:") + "/ws/runs/" + run);
        WebSocket socket = http.newWebSocketBuilder()
                .header("Cookie", ada.cookieHeader())
                .header("Origin", server.address().toString())
                .buildAsync(address, listener)
                .join();
        told.join();
        return socket;
    }
}
