package dev.datastudio.testkit.model;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A chat model that says what a test wants: an HTTP server on a free port of this machine that speaks the OpenAI
 * chat-completions protocol, plain and streamed. Thread-safe.
 *
 * <p>The first rule that fits a request answers it; a request that no rule fits takes the next of {@link #inTurn}; when
 * none is left it is refused with status 400, which clients don't try again. Every request is kept.
 */
public final class ScriptedModelServer implements AutoCloseable {
    private static final String PATH = "/v1/chat/completions";

    private final HttpServer server;
    private final ExecutorService threads;
    private final Object lock = new Object();
    private final List<Scripted> rules = new ArrayList<>();
    private final Deque<ModelReply> turns = new ArrayDeque<>();
    private final List<ModelRequest> requests = new ArrayList<>();

    private ScriptedModelServer(HttpServer server) {
        this.server = server;
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "scripted-model");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts a server without rules. */
    public static ScriptedModelServer start() {
        try {
            InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            ScriptedModelServer started = new ScriptedModelServer(HttpServer.create(anyPort, 0));
            started.server.setExecutor(started.threads);
            started.server.createContext(PATH, started::answer);
            started.server.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("no port of this machine could be opened", e);
        }
    }

    /** What a client is given as its base URL, such as {@code http://127.0.0.1:40123/v1}. */
    public String baseUrl() {
        InetSocketAddress address = server.getAddress();
        return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + "/v1";
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
        long end = System.nanoTime() + limit.toNanos();
        synchronized (lock) {
            while (requests.size() < number) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError(
                            "request " + number + " did not arrive within " + limit + ", only " + requests.size());
                }
                lock.wait(left / 1_000_000 + 1);
            }
            return requests.get(number - 1);
        }
    }

    /** Ends the server and the answers that are held. */
    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            ModelRequest request = record(body);
            send(exchange, request, replyTo(request));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("the server was closed").initCause(e);
        }
    }

    private ModelRequest record(byte[] body) throws IOException {
        synchronized (lock) {
            ModelRequest request = ChatCompletions.request(requests.size() + 1, body);
            requests.add(request);
            lock.notifyAll();
            return request;
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

    private static void send(HttpExchange exchange, ModelRequest request, ModelReply reply)
            throws IOException, InterruptedException {
        if (reply.failure().isPresent()) {
            reply.awaitAll();
            sendWhole(
                    exchange,
                    reply.failure().get().status(),
                    ChatCompletions.error(reply.failure().get()));
        } else if (request.isStreamed()) {
            sendPieces(exchange, request, reply);
        } else {
            reply.awaitAll();
            sendWhole(exchange, 200, ChatCompletions.completion(request, reply));
        }
    }

    private static void sendWhole(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void sendPieces(HttpExchange exchange, ModelRequest request, ModelReply reply)
            throws IOException, InterruptedException {
        reply.awaitBefore(0);
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        for (int i = 0; i < reply.pieces().size(); i++) {
            sendEvent(out, ChatCompletions.textChunk(request, reply.pieces().get(i)));
            reply.awaitBefore(i + 1);
        }
        for (int i = 0; i < reply.toolCalls().size(); i++) {
            sendEvent(out, ChatCompletions.toolChunk(request, reply, i));
        }
        sendEvent(out, ChatCompletions.lastChunk(request, reply));
        sendEvent(out, ChatCompletions.usageChunk(request, reply));
        sendEvent(out, "[DONE]");
    }

    private static void sendEvent(OutputStream out, String data) throws IOException {
        out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
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
