package dev.datastudio.app.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.app.AppServer;
import dev.datastudio.app.Belongings;
import dev.datastudio.app.Person;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ScriptedModelServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ChatSocketTest {
    private static final int MANY = 500;
    private static final int TOKENS = 100;

    private final Person ada = AppServer.shared().newPerson();
    private final ScriptedModelServer server = ScriptedModelServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private static String path(String conversation) {
        return "/ws/chat/" + conversation;
    }

    @Test
    void aConversationGoesOnOverASocket() throws InterruptedException {
        Belongings.addModel(ada, server);
        server.inTurn(ModelReply.pieces("He", "llo"), ModelReply.text("Again."), ModelReply.text("Other."));
        String id = ChatBench.conversation(ada);
        try (ChatBench.Socket socket = ChatBench.Socket.open(ada, path(id))) {
            JsonNode connected = socket.next();
            assertEquals("connection_established", connected.path("type").asString());
            assertEquals(id, connected.path("conversation_id").asString());

            socket.send("{'type':'message','message':'Hi','agent':'data_analyst'}");
            List<JsonNode> first = socket.turn();
            socket.send("{'type':'retry','number':2}");
            List<JsonNode> second = socket.turn();
            socket.send("{'type':'edit','number':1,'message':'Ho','agent':'data_analyst'}");
            List<JsonNode> third = socket.turn();

            assertEquals(
                    List.of("message", "analysis_update", "typing", "token", "token", "typing", "message"),
                    first.stream().map(event -> event.path("type").asString()).toList());
            assertEquals("Hello", first.get(6).path("text").asString());
            assertEquals("Again.", second.get(second.size() - 1).path("text").asString());
            assertEquals("Other.", third.get(third.size() - 1).path("text").asString());
        }
    }

    @Test
    void whatASocketCantDoIsToldAndEndsNothing() throws InterruptedException {
        String id = ChatBench.conversation(ada);
        try (ChatBench.Socket socket = ChatBench.Socket.open(ada, path(id))) {
            socket.until("connection_established");
            for (String wrong : List.of(
                    "no json",
                    "{'type':'dance'}",
                    "{'type':'message','message':''}",
                    "{'type':'retry'}",
                    "{'type':'message','message':'a','agent':'nobody'}",
                    "[]")) {
                socket.send(wrong);
                JsonNode error = socket.until("error");
                assertTrue(!error.path("code").asString().isEmpty(), error.toString());
                assertTrue(!error.path("mend").asString().isEmpty(), error.toString());
            }
            socket.send("{'type':'message','message':'Hi'}");
            assertTrue(socket.turn().size() > 2);
        }
    }

    @Test
    void aSocketThatComesBackGoesOnAfterItsLastEvent() throws InterruptedException {
        Belongings.addModel(ada, server);
        CountDownLatch held = new CountDownLatch(1);
        server.inTurn(ModelReply.pieces("one ", "two ", "three").heldAfter(2, held));
        String id = ChatBench.conversation(ada);
        JsonNode seen;
        try (ChatBench.Socket socket = ChatBench.Socket.open(ada, path(id))) {
            socket.send("{'type':'message','message':'Count','agent':'data_analyst'}");
            seen = socket.until("token");
        }

        String after =
                seen.path("turn_id").asString() + ":" + seen.path("sequence").asLong();
        try (ChatBench.Socket back = ChatBench.Socket.open(ada, path(id) + "?after=" + after)) {
            back.until("connection_established");
            assertEquals("two ", back.next().path("text").asString());
            held.countDown();
            assertEquals("three", back.next().path("text").asString());
            List<JsonNode> rest = back.turn();
            assertEquals("one two three", rest.get(rest.size() - 1).path("text").asString());
        }
    }

    @Test
    void anotherWindowSeesWhatWasAskedOverHttpAndCanStopIt() throws InterruptedException {
        Belongings.addModel(ada, server);
        server.inTurn(ModelReply.pieces("part ", "rest").stalledAfter(1));
        String id = ChatBench.conversation(ada);
        try (ChatBench.Socket socket = ChatBench.Socket.open(ada, path(id))) {
            socket.until("connection_established");
            try (ChatBench.Stream stream = ChatBench.stream(
                    ada, "/api/v1/conversations/" + id + "/messages", "{'message':'Hi','agent':'data_analyst'}")) {
                assertEquals("part ", socket.until("token").path("text").asString());
                socket.send("{'type':'stop'}");
                List<JsonNode> rest = socket.turn();

                assertEquals("part ", rest.get(rest.size() - 1).path("text").asString());
                assertEquals(
                        "part ",
                        stream.until(event -> event.data().path("final").asBoolean(false))
                                .data()
                                .path("text")
                                .asString());
            }
        }
    }

    @Test
    void nobodyOpensASocketAtTheConversationOfAnother() throws Exception {
        Person eve = AppServer.shared().newPerson();
        String id = ChatBench.conversation(ada);

        try (ChatBench.Socket foreign = ChatBench.Socket.open(eve, path(id));
                ChatBench.Socket unknown = ChatBench.Socket.open(
                        eve, path(java.util.UUID.randomUUID().toString()))) {
            assertEquals(4404, foreign.closed.get(ChatBench.SECONDS, TimeUnit.SECONDS));
            assertEquals(4404, unknown.closed.get(ChatBench.SECONDS, TimeUnit.SECONDS));
            assertTrue(foreign.received.isEmpty());
        }
        Person nobody = AppServer.shared().nobody();
        assertThrows(CompletionException.class, () -> ChatBench.Socket.open(nobody, path(id)));
    }

    @Test
    void fiveHundredSocketsAreSentEveryTokenInOrderAndMemoryStaysFlat() throws Exception {
        Belongings.addModel(ada, server);
        String[] tokens =
                IntStream.range(0, TOKENS).mapToObj(i -> "t" + i + " ").toArray(String[]::new);
        server.inTurn(ModelReply.text("warm"), ModelReply.pieces(tokens), ModelReply.pieces(tokens));
        String id = ChatBench.conversation(ada);
        List<Counting> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < MANY; i++) {
                sockets.add(Counting.open(ada, path(id)));
            }
            for (Counting socket : sockets) {
                assertTrue(socket.awaitConnected(), "a socket was not connected");
            }
            ask(id, sockets, 1);
            ask(id, sockets, 1 + TOKENS);
            long before = heap();
            ask(id, sockets, 1 + 2 * TOKENS);
            long after = heap();

            for (Counting socket : sockets) {
                assertEquals(1 + 2 * TOKENS, socket.tokens());
                assertEquals("", socket.problem());
            }
            assertTrue(after - before < 20_000_000, "the heap grew by " + (after - before) + " bytes");
        } finally {
            sockets.forEach(Counting::close);
        }
    }

    private void ask(String id, List<Counting> sockets, int tokens) throws InterruptedException {
        ada.post("/api/v1/conversations/" + id + "/messages", "{'message':'Go','agent':'data_analyst'}")
                .is(200);
        for (Counting socket : sockets) {
            assertTrue(socket.await(tokens), "only " + socket.tokens() + " of " + tokens + " tokens came");
        }
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** A client that keeps nothing but how many tokens came, and whether in order. */
    private static final class Counting implements java.net.http.WebSocket.Listener {
        private final StringBuilder part = new StringBuilder();
        private boolean isConnected;
        private int tokens;
        private long last = -1;
        private String turn = "";
        private String problem = "";
        private java.net.http.@Nullable WebSocket socket;

        static Counting open(Person person, String path) {
            Counting listener = new Counting();
            java.net.URI address = AppServer.shared().address();
            listener.socket = ChatBench.HTTP
                    .newWebSocketBuilder()
                    .header("Cookie", person.cookieHeader())
                    .header("Origin", address.toString())
                    .buildAsync(java.net.URI.create(address.toString().replace("http:", "ws:") + path), listener)
                    .join();
            return listener;
        }

        @Override
        public java.util.concurrent.@Nullable CompletionStage<?> onText(
                java.net.http.WebSocket from, CharSequence data, boolean isLast) {
            part.append(data);
            if (isLast) {
                JsonNode event = ChatBench.JSON.readTree(part.toString());
                part.setLength(0);
                take(event);
            }
            from.request(1);
            return null;
        }

        private synchronized void take(JsonNode event) {
            long sequence = event.path("sequence").asLong();
            String now = event.path("turn_id").asString();
            if (now.equals(turn) && sequence <= last && problem.isEmpty()) {
                problem = last + " then " + event;
            }
            turn = now;
            last = sequence;
            String type = event.path("type").asString();
            tokens += type.equals("token") ? 1 : 0;
            isConnected |= type.equals("connection_established");
            notifyAll();
        }

        /** Waits until the server sends it what happens from now on. */
        boolean awaitConnected() throws InterruptedException {
            return await(() -> isConnected);
        }

        boolean await(int wanted) throws InterruptedException {
            return await(() -> tokens >= wanted);
        }

        private synchronized boolean await(BooleanSupplier condition) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(ChatBench.SECONDS);
            while (!condition.getAsBoolean() && System.nanoTime() < end) {
                wait(1_000);
            }
            return condition.getAsBoolean();
        }

        synchronized int tokens() {
            return tokens;
        }

        /** What came out of order. */
        synchronized String problem() {
            return problem;
        }

        void close() {
            Objects.requireNonNull(socket, "not connected").abort();
        }
    }
}
