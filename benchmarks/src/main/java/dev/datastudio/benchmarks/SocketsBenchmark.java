package dev.datastudio.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ScriptedModelServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * 500 WebSockets on which the tokens of a language model come in: whether each gets all of them in order, how fast, and
 * whether the server's heap stays as it is.
 */
final class SocketsBenchmark implements Benchmark {
    private static final int SOCKETS = 500;
    private static final int CONVERSATIONS = 10;
    private static final Duration LONGEST_ROUND = Duration.ofMinutes(2);
    private static final double MOST_GROWTH_MEGABYTES = 10;

    @Override
    public String name() {
        return "sockets";
    }

    @Override
    public String summary() {
        return "500 WebSockets on which a model's tokens come in: all of them, in order, with a flat heap";
    }

    @Override
    public List<Measurement> run(Path scratch, Effort effort) throws Exception {
        Path home = Path.of(System.getProperty("studio.home", ".")).toAbsolutePath();
        ServerProcess.build(home);
        int tokens = effort == Effort.QUICK ? 200 : 1_000;
        int rounds = effort == Effort.QUICK ? 2 : 6;
        try (ScriptedModelServer model = ScriptedModelServer.start();
                ServerProcess server = ServerProcess.studio(home, scratch);
                Crowd crowd = new Crowd(server, model, tokens)) {
            crowd.round();
            crowd.round();
            double before = server.heapMegabytes();
            long begin = System.nanoTime();
            for (int round = 0; round < rounds; round++) {
                crowd.round();
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            double after = server.heapMegabytes();
            long sent = (long) rounds * tokens * SOCKETS;
            System.out.printf("%d tokens reached %d sockets in %.1f s%n", rounds * tokens, SOCKETS, seconds);
            return List.of(
                    Measurement.atMost(
                            "500 sockets: tokens that were lost or came out of order",
                            (double) crowd.wrong(),
                            "of " + sent,
                            "goal",
                            0),
                    Measurement.atMostBeside(
                            "500 sockets: the server's heap in use after " + sent + " tokens more",
                            after,
                            "MB",
                            "before them",
                            before,
                            Math.ceil(before + MOST_GROWTH_MEGABYTES)));
        }
    }

    /** Everybody who listens, and the conversations in which they do. */
    private static final class Crowd implements AutoCloseable {
        private final ServerSession session;
        private final int tokens;
        private final List<String> conversations = new ArrayList<>();
        private final List<TokenSocket> sockets = new ArrayList<>();
        private long expected;
        private long lost;

        Crowd(ServerProcess server, ScriptedModelServer model, int tokens) throws IOException, InterruptedException {
            this.session = ServerSession.open(server.port());
            this.tokens = tokens;
            String[] pieces =
                    IntStream.range(0, tokens).mapToObj(i -> "t" + i + " ").toArray(String[]::new);
            model.when(request -> true).reply(request -> ModelReply.pieces(pieces));
            session.post(
                    "/api/v1/models",
                    ServerSession.json(Map.of(
                            "name",
                            "Scripted",
                            "provider",
                            "generic",
                            "model_name",
                            "scripted-1",
                            "endpoint_url",
                            model.baseUrl(),
                            "configuration",
                            Map.of("max_retries", 0))));
            for (int i = 0; i < CONVERSATIONS; i++) {
                JsonNode made = ServerSession.read(session.post("/api/v1/conversations", "{}"));
                conversations.add(made.path("id").asText());
            }
            for (int i = 0; i < SOCKETS; i++) {
                sockets.add(session.socket("/ws/chat/" + conversations.get(i % CONVERSATIONS)));
            }
        }

        /** One answer in each conversation, all at the same time, until everybody has it. */
        void round() throws IOException, InterruptedException {
            expected += tokens;
            for (String conversation : conversations) {
                sockets.get(conversations.indexOf(conversation))
                        .send(ServerSession.json(
                                Map.of("type", "message", "message", "Go on", "agent", "data_analyst")));
            }
            long end = System.nanoTime() + LONGEST_ROUND.toNanos();
            for (TokenSocket socket : sockets) {
                lost += expected - socket.await(expected, end);
            }
        }

        long wrong() {
            return lost + sockets.stream().mapToLong(TokenSocket::disordered).sum();
        }

        @Override
        public void close() {
            sockets.forEach(TokenSocket::close);
        }
    }
}
