package dev.datastudio.app.graph;

import dev.datastudio.app.AppServer;
import dev.datastudio.app.Person;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a run tells a client, over a WebSocket or as events. */
final class RunFrames implements WebSocket.Listener {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long LIMIT_SECONDS = 60;

    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final List<JsonNode> frames = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final StringBuilder part = new StringBuilder();

    private record Waiting(Predicate<List<JsonNode>> until, CompletableFuture<Void> reached) {}

    static WebSocket open(AppServer server, Person person, String path, RunFrames frames) {
        String origin = server.address().toString();
        return HTTP.newWebSocketBuilder()
                .header("Cookie", person.cookieHeader())
                .header("Origin", origin)
                .buildAsync(URI.create(origin.replace("http:", "ws:") + path), frames)
                .join();
    }

    /** Reads the events of a route until they end. */
    static RunFrames events(Person person, String path, String lastEventId) {
        RunFrames frames = new RunFrames();
        var request = person.request(path).header("Accept", "text/event-stream");
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        person.send(request.GET())
                .is(200)
                .response()
                .body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .forEach(line -> frames.add(JSON.readTree(line.substring("data: ".length()))));
        return frames;
    }

    private synchronized void add(JsonNode frame) {
        frames.add(frame);
        waiting.removeIf(each -> each.until().test(frames) && each.reached().complete(null));
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            add(JSON.readTree(part.toString()));
            part.setLength(0);
        }
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        closed.completeExceptionally(error);
    }

    synchronized List<JsonNode> all() {
        return List.copyOf(frames);
    }

    List<JsonNode> until(Predicate<List<JsonNode>> condition) throws Exception {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        synchronized (this) {
            if (condition.test(frames)) {
                return List.copyOf(frames);
            }
            waiting.add(new Waiting(condition, reached));
        }
        reached.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        return all();
    }

    /** Waits for a frame of a type. */
    List<JsonNode> until(String type, int count) throws Exception {
        return until(all -> of(all, type).size() >= count);
    }

    static List<JsonNode> of(List<JsonNode> frames, String type) {
        return frames.stream()
                .filter(frame -> frame.path("type").asString().equals(type))
                .toList();
    }

    /** What a node wrote, as a client that has these frames shows it. */
    static String written(List<JsonNode> frames, String node) {
        String text = "";
        for (JsonNode frame : frames) {
            for (JsonNode each : frame.at("/run/nodes")) {
                text = each.path("nodeId").asString().equals(node)
                        ? each.path("text").asString()
                        : text;
            }
            if (frame.at("/node/nodeId").asString("").equals(node)) {
                text = frame.at("/node/text").asString();
            }
            text += frame.path("nodeId").asString("").equals(node)
                    ? frame.path("text").asString()
                    : "";
        }
        return text;
    }

    static String tokens(List<JsonNode> frames) {
        StringBuilder text = new StringBuilder();
        of(frames, "token").forEach(frame -> text.append(frame.path("text").asString()));
        return text.toString();
    }
}
