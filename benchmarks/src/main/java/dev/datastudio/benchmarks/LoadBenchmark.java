package dev.datastudio.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * 100 clients that ask the running application in a closed loop, all on this machine: a question that was asked before,
 * with more, less and no time to think, and what the way over HTTP adds to new questions.
 */
final class LoadBenchmark implements Benchmark {
    private static final int CLIENTS = 100;
    private static final String QUESTION = "Show the distribution of Sales and plot the monthly trend of Profit";
    private static final double LEAST_PER_SECOND = 814;
    private static final double MOST_P95_BUSY = 22.81;
    private static final double MOST_P95_CALM = 5;
    private static final double LEAST_OF_BARE = 0.7;
    private static final double MOST_OVERHEAD = 20;

    @Override
    public String name() {
        return "load";
    }

    @Override
    public String summary() {
        return "100 clients that ask the web application over HTTP, beside a bare Spring MVC endpoint";
    }

    @Override
    public List<Measurement> run(Path scratch, Effort effort) throws Exception {
        Path home = Path.of(System.getProperty("studio.home", ".")).toAbsolutePath();
        ServerProcess.build(home);
        Phases phases = effort == Effort.QUICK
                ? new Phases(Duration.ofSeconds(6), Duration.ofSeconds(6), Duration.ofSeconds(4), 1, 12)
                : new Phases(Duration.ofSeconds(30), Duration.ofMinutes(3), Duration.ofSeconds(15), 3, 48);
        try (ServerProcess server = ServerProcess.studio(home, scratch)) {
            ServerSession session = ServerSession.open(server.port());
            String file = session.upload(home.resolve("examples/data/shop-orders.csv"));
            List<Measurement> rows = new ArrayList<>();
            session.ask(file, QUESTION);
            Path answer = Files.writeString(
                    scratch.resolve("answer.json"), session.post("/ask", ServerSession.question(file, QUESTION)));
            byte[] request = session.raw("/ask", ServerSession.question(file, QUESTION));
            busy(server, request, phases, rows);
            calm(server, request, phases, rows);
            beside(new Peer(home, scratch, answer), server, request, phases, rows);
            rows.add(overhead(session, file, phases.questions()));
            return rows;
        }
    }

    /**
     * How long each part takes.
     *
     * @param rounds how often the two servers without time to think take turns
     * @param questions how many new questions are asked
     */
    private record Phases(Duration warmUp, Duration busy, Duration turn, int rounds, int questions) {}

    /** What the bare server needs. */
    private record Peer(Path home, Path scratch, Path answer) {}

    private static void busy(ServerProcess server, byte[] request, Phases phases, List<Measurement> rows)
            throws IOException {
        LoadClient.Result result = new LoadClient(server.port(), request, CLIENTS, Duration.ofMillis(100))
                .run(phases.warmUp(), phases.busy());
        String what = "cached /ask, 100 clients, 0.1 s to think: ";
        rows.add(Measurement.atLeast(what + "answers a second", result.perSecond(), "/s", "goal", LEAST_PER_SECOND));
        rows.add(Measurement.atMost(what + "95th percentile", result.p95(), "ms", "goal", MOST_P95_BUSY));
        rows.add(Measurement.atMost(what + "errors", (double) result.errors(), "of " + result.answers(), "goal", 0));
    }

    private static void calm(ServerProcess server, byte[] request, Phases phases, List<Measurement> rows)
            throws IOException {
        LoadClient.Result result = new LoadClient(server.port(), request, CLIENTS, Duration.ofSeconds(1))
                .run(Duration.ofSeconds(2), phases.turn().multipliedBy(2));
        rows.add(Measurement.atMost(
                "cached /ask, 100 clients, 1 s to think: 95th percentile", result.p95(), "ms", "goal", MOST_P95_CALM));
    }

    /** Both servers without time to think, in turns. */
    private static void beside(Peer peer, ServerProcess server, byte[] request, Phases phases, List<Measurement> rows)
            throws Exception {
        try (ServerProcess bare = ServerProcess.bare(peer.home(), peer.scratch(), peer.answer())) {
            LoadClient ours = new LoadClient(server.port(), request, CLIENTS, Duration.ZERO);
            LoadClient theirs = new LoadClient(bare.port(), request, CLIENTS, Duration.ZERO);
            theirs.run(phases.warmUp(), Duration.ofSeconds(1));
            double[] ourRates = new double[phases.rounds()];
            double[] theirRates = new double[phases.rounds()];
            for (int round = 0; round < phases.rounds(); round++) {
                ourRates[round] = ours.run(Duration.ofSeconds(1), phases.turn()).perSecond();
                theirRates[round] =
                        theirs.run(Duration.ofSeconds(1), phases.turn()).perSecond();
            }
            rows.add(Measurement.atLeastTimes(
                    "cached /ask, 100 clients, no time to think: answers a second",
                    Interleaved.median(ourRates),
                    "/s",
                    "a bare Spring MVC endpoint that gives the same bytes",
                    Interleaved.median(theirRates),
                    LEAST_OF_BARE));
        }
    }

    /** The time of a new question as a client sees it, less the time that the answer says it took. */
    private static Measurement overhead(ServerSession session, String file, int count)
            throws IOException, InterruptedException {
        List<String> questions = questions();
        double[] added = new double[count];
        for (int i = -2; i < count; i++) {
            String question = questions.get(i + 2);
            long begin = System.nanoTime();
            JsonNode answer = session.ask(file, question);
            double millis = (System.nanoTime() - begin) / 1e6;
            if (answer.path("cached").asBoolean()
                    || !answer.path("status").asText().equals("ok")) {
                throw new IOException("Not a new answer to '" + question + "': " + answer);
            }
            if (i >= 0) {
                added[i] = millis - answer.path("answer").path("millis").asDouble();
            }
        }
        return Measurement.atMost(
                "new /ask: what HTTP adds to the answer's own time",
                Interleaved.median(added),
                "ms",
                "goal",
                MOST_OVERHEAD);
    }

    private static List<String> questions() {
        List<String> questions = new ArrayList<>();
        for (String aggregate : List.of("total", "average", "median", "highest", "lowest")) {
            for (String measure : List.of("sales", "profit", "quantity")) {
                for (String dimension : List.of("category", "region", "segment", "city")) {
                    questions.add(aggregate + " " + measure + " by " + dimension);
                }
            }
        }
        return questions;
    }
}
