package dev.datastudio.app.identity.oidc;

import dev.datastudio.app.identity.oidc.OidcException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks providers: bounded in time and size, and without following them anywhere else. Thread-safe. */
final class OidcHttp {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int MAX_BYTES = 1 << 20;
    private static final int OK = 200;

    private final Duration limit;
    private final HttpClient http;

    OidcHttp() {
        this(ANSWER);
    }

    /** @param limit how long an answer may take */
    OidcHttp(Duration limit) {
        this.limit = limit;
        this.http = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * The JSON object that a request is answered with.
     *
     * @throws OidcException if there is no such answer
     */
    JsonNode json(HttpRequest.Builder request) throws OidcException {
        String text = text(request.header("Accept", "application/json"));
        try {
            JsonNode answer = JSON.readTree(text);
            if (answer.isObject()) {
                return answer;
            }
            throw new OidcException(Kind.PROVIDER_FAILED, "The provider answered with no JSON object");
        } catch (JacksonException e) {
            throw new OidcException(Kind.PROVIDER_FAILED, "The provider answered with no JSON", e);
        }
    }

    /** The text of a resource, as the library for keys asks for it. */
    String text(URI address) throws IOException {
        try {
            return text(HttpRequest.newBuilder(address));
        } catch (OidcException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private String text(HttpRequest.Builder builder) throws OidcException {
        HttpRequest request = builder.timeout(limit).build();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        CompletableFuture<HttpResponse<Void>> answer = http.sendAsync(
                request,
                BodyHandlers.ofByteArrayConsumer(piece -> piece.ifPresent(bytes -> {
                    if (body.size() + bytes.length > MAX_BYTES) {
                        throw new IllegalStateException("more than " + MAX_BYTES + " bytes");
                    }
                    body.writeBytes(bytes);
                })));
        try {
            int status = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            if (status != OK) {
                throw failed(request, "status " + status, null);
            }
            return body.toString(StandardCharsets.UTF_8);
        } catch (ExecutionException e) {
            throw failed(request, String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw failed(request, "no answer within " + ANSWER.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw failed(request, "interrupted", e);
        }
    }

    private static OidcException failed(HttpRequest request, String why, @Nullable Throwable cause) {
        String what = "The provider failed at " + request.uri() + ": " + why;
        return new OidcException(Kind.PROVIDER_FAILED, what, cause);
    }
}
