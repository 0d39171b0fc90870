package dev.datastudio.testkit.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A chat model that says what a test wants: an HTTP server on a free port of this machine that speaks each
 * {@link ModelProtocol}, plain and streamed. Thread-safe.
 *
 * <p>The first rule that fits a request answers it; a request that no rule fits takes the next of {@link #inTurn}; when
 * none is left it is refused with status 400, which clients don't try again. Every request is kept.
 */
public final class ScriptedModelServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BACKLOG = 1_000;

    private final ServerSocket listening;
    private final ExecutorService threads;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch accepting = new CountDownLatch(1);
    private final Object lock = new Object();
    private final List<Scripted> rules = new ArrayList<>();
    private final Deque<ModelReply> turns = new ArrayDeque<>();
    private final List<ModelRequest> requests = new ArrayList<>();
    private final Set<Integer> abandoned = new HashSet<>();
    private Optional<String> requiredKey = Optional.empty();

    private ScriptedModelServer(ServerSocket listening) {
        this.listening = listening;
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "scripted-model");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts a server without rules. */
    public static ScriptedModelServer start() {
        try {
            ServerSocket listening = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
            ScriptedModelServer started = new ScriptedModelServer(listening);
            started.threads.execute(started::accept);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("no port of this machine could be opened", e);
        }
    }

    /** What a client of OpenAI is given as its base URL, such as {@code http://127.0.0.1:40123/v1}. */
    public String baseUrl() {
        return baseUrl(ModelProtocol.OPENAI);
    }

    /** What a client of a protocol is given as its base URL. */
    public String baseUrl(ModelProtocol protocol) {
        return "http://" + listening.getInetAddress().getHostAddress() + ":" + listening.getLocalPort()
                + protocol.path();
    }

    /**
     * From now on requests with another key are refused with status 401, in words that repeat their key, as some
     * services do.
     */
    public void requireKey(String key) {
        synchronized (lock) {
            requiredKey = Optional.of(key);
        }
    }

    /** A rule for requests whose last message contains a text. */
    public Rule when(String text) {
        return when(request -> request.lastText().contains(text));
    }

    /** A rule for requests in whose last message a pattern is found. */
    public Rule when(Pattern pattern) {
        return when(request -> pattern.matcher(request.lastText()).find());
    }

    /** A rule for requests that pass a test, which is called by the server's threads. */
    public Rule when(Predicate<ModelRequest> test) {
        return new Rule(test);
    }

    /** Adds replies for the requests that no rule fits, one for each, in the order in which they arrive. */
    public void inTurn(ModelReply... replies) {
        synchronized (lock) {
            turns.addAll(List.of(replies));
        }
    }

    /**
     * Adds what a script says: a JSON array of objects. With {@code when} one is a rule, without it an answer in turn.
     * It answers with {@code text}, with {@code tool} and {@code arguments}, with {@code error} (a status) with
     * {@code message} and {@code retryAfter} (seconds), or with {@code raw} text; {@code usage} (two numbers),
     * {@code delayMillis} and {@code cutAfter} (pieces) may be added.
     *
     * @throws IllegalArgumentException if it is no such array
     */
    public void script(String json) {
        ModelScript.addTo(this, json);
    }

    /** The requests so far, in the order in which they arrived; a copy. */
    public List<ModelRequest> requests() {
        synchronized (lock) {
            return List.copyOf(requests);
        }
    }

    /**
     * Waits until so many requests have arrived since the start.
     *
     * @return the last of them
     * @throws AssertionError if they did not arrive in time
     */
    public ModelRequest awaitRequest(int number, Duration limit) throws InterruptedException {
        synchronized (lock) {
            await(() -> requests.size() >= number, limit);
            if (requests.size() < number) {
                throw new AssertionError(
                        "request " + number + " did not arrive within " + limit + ", only " + requests.size());
            }
            return requests.get(number - 1);
        }
    }

    /**
     * Waits until the client has closed the connection of a request before it was answered; seen while the answer is
     * held or being sent.
     *
     * @param number the {@link ModelRequest#number()}
     * @throws AssertionError if it did not in time
     */
    public void awaitAbandoned(int number, Duration limit) throws InterruptedException {
        synchronized (lock) {
            await(() -> abandoned.contains(number), limit);
            if (!abandoned.contains(number)) {
                throw new AssertionError("the client did not close the connection of request " + number + " within "
                        + limit + ", only of " + abandoned);
            }
        }
    }

    private void await(BooleanSupplier isReached, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (long left = limit.toNanos(); left > 0 && !isReached.getAsBoolean(); left = end - System.nanoTime()) {
            lock.wait(left / 1_000_000 + 1);
        }
    }

    /** Ends the server and the answers that are held; from then on connections are refused. */
    @Override
    public void close() {
        threads.shutdownNow();
        closeQuietly(listening);
        try {
            if (!accepting.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the scripted model still accepts connections");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.forEach(ScriptedModelServer::closeQuietly);
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException("a socket could not be closed", e);
        }
    }

    private void accept() {
        try {
            while (!listening.isClosed()) {
                take(listening.accept());
            }
        } catch (IOException e) {
            if (!listening.isClosed()) {
                throw new IllegalStateException("the scripted model can't go on", e);
            }
        } finally {
            accepting.countDown();
        }
    }

    private void take(Socket socket) throws IOException {
        socket.setTcpNoDelay(true); // pieces are sent when they are said
        open.add(socket);
        try {
            threads.execute(() -> serve(socket));
        } catch (RejectedExecutionException e) {
            closeQuietly(socket); // came while the server was closed: nobody would ever answer
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            ModelExchange exchange = ModelExchange.read(socket);
            Optional<ModelProtocol> protocol = Arrays.stream(ModelProtocol.values())
                    .filter(each -> each.isAsked(exchange.target()))
                    .findFirst();
            if (protocol.isEmpty()) {
                exchange.send(404, Map.of(), "{\"error\":{\"message\":\"no such path\"}}", false);
            } else {
                answer(exchange, protocol.get());
            }
        } catch (IOException e) {
            return; // the client went away without a request
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    private void answer(ModelExchange exchange, ModelProtocol protocol) throws IOException, InterruptedException {
        ModelRequest request = record(exchange, protocol);
        try {
            send(exchange, request, refused(request).orElseGet(() -> replyTo(request)));
        } catch (IOException e) {
            synchronized (lock) {
                abandoned.add(request.number());
                lock.notifyAll();
            }
        }
    }

    private ModelRequest record(ModelExchange exchange, ModelProtocol protocol) throws IOException {
        JsonNode body = JSON.readTree(exchange.body());
        ModelWire.Asked asked = protocol.wire().read(body);
        synchronized (lock) {
            ModelRequest request = new ModelRequest(
                    requests.size() + 1,
                    protocol,
                    exchange.target(),
                    exchange.headers(),
                    protocol.model(asked.model(), exchange.target()),
                    asked.isStreamed(),
                    asked.messages(),
                    asked.tools(),
                    JSON.writeValueAsString(body));
            requests.add(request);
            lock.notifyAll();
            return request;
        }
    }

    private Optional<ModelReply> refused(ModelRequest request) {
        String key = request.protocol().wire().key(request.headers());
        synchronized (lock) {
            return requiredKey
                    .filter(required -> !required.equals(key))
                    .map(required -> ModelReply.error(401, "Incorrect API key provided: " + key));
        }
    }

    private ModelReply replyTo(ModelRequest request) {
        try {
            return scripted(request)
                    .orElseGet(() -> ModelReply.error(
                            400, "no rule of the scripted model fits the last message: " + request.lastText()));
        } catch (RuntimeException | AssertionError e) {
            return ModelReply.error(400, "a rule of the scripted model failed: " + e);
        }
    }

    private Optional<ModelReply> scripted(ModelRequest request) {
        Optional<Scripted> rule;
        synchronized (lock) {
            rule = rules.stream().filter(each -> each.test().test(request)).findFirst();
            if (rule.isEmpty()) {
                return Optional.ofNullable(turns.poll());
            }
        }
        return rule.map(each -> each.answer().apply(request));
    }

    private static void send(ModelExchange exchange, ModelRequest request, ModelReply reply)
            throws IOException, InterruptedException {
        ModelWire wire = request.protocol().wire();
        if (reply.failure().isPresent()) {
            ModelReply.Failure failure = reply.failure().get();
            Map<String, String> retryAfter = failure.retryAfterSeconds()
                    .map(seconds -> Map.of("Retry-After", String.valueOf(seconds)))
                    .orElse(Map.of());
            awaitHeld(exchange, reply);
            exchange.send(failure.status(), retryAfter, wire.error(failure), reply.isCut());
        } else if (request.isStreamed()) {
            sendPieces(exchange, request, reply);
        } else {
            String whole = reply.raw().orElseGet(() -> wire.whole(request, reply));
            awaitHeld(exchange, reply);
            exchange.send(200, Map.of(), whole, reply.isCut());
        }
    }

    private static void awaitHeld(ModelExchange exchange, ModelReply reply) throws IOException, InterruptedException {
        if (reply.hold().isPresent()) {
            ModelReply.Hold hold = reply.hold().get();
            if (hold.latch().isPresent()) {
                exchange.await(hold.latch().get(), hold.limit());
            } else {
                exchange.await(hold.limit());
            }
        }
    }

    private static void awaitHeldAfter(int pieces, ModelExchange exchange, ModelReply reply)
            throws IOException, InterruptedException {
        if (reply.hold().isPresent() && reply.hold().get().pieces() == pieces) {
            awaitHeld(exchange, reply);
        }
    }

    private static void sendPieces(ModelExchange exchange, ModelRequest request, ModelReply reply)
            throws IOException, InterruptedException {
        ModelWire wire = request.protocol().wire();
        awaitHeldAfter(0, exchange, reply);
        exchange.startStream(wire.streamType());
        if (reply.raw().isPresent()) {
            exchange.frame(reply.raw().get());
            exchange.endStream();
            return;
        }
        sendFrames(exchange, wire.head(request, reply));
        for (int sent = 0; sent < reply.pieces().size() && !reply.isCutAfter(sent); sent++) {
            sendFrames(exchange, wire.piece(request, reply.pieces().get(sent)));
            awaitHeldAfter(sent + 1, exchange, reply);
        }
        if (!reply.isCut()) {
            sendFrames(exchange, wire.tail(request, reply));
            exchange.endStream();
        }
    }

    private static void sendFrames(ModelExchange exchange, List<String> frames) throws IOException {
        for (String frame : frames) {
            exchange.frame(frame);
        }
    }

    /** Which requests are meant; still needs what they are answered with. */
    public final class Rule {
        private final Predicate<ModelRequest> test;

        private Rule(Predicate<ModelRequest> test) {
            this.test = test;
        }

        /** Answers with these, one after the other, and with the last one again and again. */
        public void reply(ModelReply first, ModelReply... then) {
            Deque<ModelReply> left = new ArrayDeque<>(List.of(then));
            left.addFirst(first);
            reply(request -> {
                synchronized (left) {
                    return left.size() > 1 ? left.remove() : left.element();
                }
            });
        }

        /** Answers with what a function gives, which is called by the server's threads, several at once. */
        public void reply(Function<ModelRequest, ModelReply> answer) {
            synchronized (lock) {
                rules.add(new Scripted(test, answer));
            }
        }
    }

    private record Scripted(Predicate<ModelRequest> test, Function<ModelRequest, ModelReply> answer) {}
}
