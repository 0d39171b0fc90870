package dev.datastudio.rag.index.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.secret.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests to one Chroma server and reads its answers. A request that may do no harm twice, as all of ours, is sent
 * again when the connection fails or the server says that it can't just now. Redirects are not followed, answers are cut
 * off at {@value #MAX_ANSWER} bytes, and no header is ever in a message. Thread-safe.
 */
public final class ChromaHttp {
    static final int MAX_ANSWER = 128 << 20;

    private static final int ATTEMPTS = 4;
    private static final int FIRST_WAIT_MILLIS = 100;
    private static final int WAIT_FACTOR = 3;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
    private final String base;
    private final Map<String, Secret> headers;
    private final Duration timeout;
    private final ChromaErrors errors;

    /**
     * @param base where {@code /api/v2} is, checked
     * @param headers sent with each request, checked
     * @param timeout of one answer
     */
    public ChromaHttp(URI base, Map<String, Secret> headers, Duration timeout) {
        this.base = base.toString().replaceAll("/+$", "") + "/api/v2/";
        this.headers = Map.copyOf(headers);
        this.timeout = timeout;
        this.errors = new ChromaErrors(base, this.headers.values(), timeout);
    }

    /** What the server answered: with success, or that something is not there (404), or is there already (409). */
    record Answer(int status, JsonNode body) {
        boolean isFound() {
            return status != 404;
        }
    }

    ChromaErrors errors() {
        return errors;
    }

    Answer get(String path) {
        return send("GET", path, HttpRequest.BodyPublishers.noBody(), Cancellation.none());
    }

    Answer delete(String path) {
        return send("DELETE", path, HttpRequest.BodyPublishers.noBody(), Cancellation.none());
    }

    Answer post(String path, JsonNode body) {
        return post(path, body, Cancellation.none());
    }

    Answer post(String path, JsonNode body, Cancellation cancellation) {
        try {
            byte[] bytes = JSON.writeValueAsBytes(body);
            return send("POST", path, HttpRequest.BodyPublishers.ofByteArray(bytes), cancellation);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON can always be written", e);
        }
    }

    private Answer send(String method, String path, HttpRequest.BodyPublisher body, Cancellation cancellation) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .method(method, body)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json");
        headers.forEach((name, value) -> request.setHeader(name, value.reveal()));
        int wait = FIRST_WAIT_MILLIS;
        for (int attempt = 1; ; attempt++) {
            boolean isLast = attempt == ATTEMPTS;
            try {
                HttpResponse<byte[]> response = exchange(request.build(), cancellation);
                if (isLast || !isPassing(response.statusCode())) {
                    return answer(response);
                }
            } catch (IOException e) {
                if (isLast || e instanceof CappedBody.TooLarge) {
                    throw errors.unreachable(e);
                }
            }
            pause(wait, cancellation);
            wait *= WAIT_FACTOR;
        }
    }

    /** Whether a server may answer otherwise in a moment. */
    private static boolean isPassing(int status) {
        return status == 429 || (status >= 500 && status != 501);
    }

    private HttpResponse<byte[]> exchange(HttpRequest request, Cancellation cancellation) throws IOException {
        cancellation.throwIfCancelled();
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, info -> new CappedBody(MAX_ANSWER));
        Cancellation.Registration stop = cancellation.onCancel(() -> answer.cancel(true));
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException("the request failed", e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw errors.late(e);
        } catch (CancellationException e) {
            throw Cancellation.cancelledError();
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw Cancellation.cancelledError();
        } finally {
            stop.close();
        }
    }

    private static void pause(int millis, Cancellation cancellation) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.cancelledError();
        }
        cancellation.throwIfCancelled();
    }

    private Answer answer(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        boolean isExpected = status / 100 == 2 || status == 404 || status == 409;
        if (!isExpected) {
            throw errors.refused(status, response.body());
        }
        if (response.body().length == 0) {
            return new Answer(status, MissingNode.getInstance());
        }
        try {
            return new Answer(status, JSON.readTree(response.body()));
        } catch (IOException e) {
            throw errors.notChroma("no JSON, with status " + status);
        }
    }

    /** A {@link StudioException} that says the answer makes no sense. */
    StudioException malformed(String what) {
        return errors.notChroma(what);
    }
}
