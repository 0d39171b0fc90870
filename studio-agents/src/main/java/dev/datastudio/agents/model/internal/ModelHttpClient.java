package dev.datastudio.agents.model.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.secret.Secret;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends the requests of one model. The call's {@link CallScope} is looked up on the thread that calls. Thread-safe.
 *
 * @param key is taken out of what the service sends, so that no error and no log has it
 */
record ModelHttpClient(ModelHttp http, Secret key, Duration timeout, Retries retries) implements HttpClient {
    private static final int MAX_ANSWER = 32 * 1024 * 1024;
    private static final int MAX_ERROR = 64 * 1024;
    private static final int FIRST_ERROR = 300;

    /** A stream that keeps talking still ends. */
    private static final int STREAM_TIMEOUTS = 10;

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        CallScope scope = CallScope.current();
        return retries.retrying(scope.cancellation(), () -> {
            try (ModelExchange exchange = open(request, scope, timeout)) {
                return SuccessfulHttpResponse.builder()
                        .statusCode(exchange.status())
                        .headers(exchange.headers())
                        .body(withoutKey(exchange.text(MAX_ANSWER)))
                        .build();
            }
        });
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        CallScope scope = CallScope.current();
        try {
            http.threads().execute(() -> stream(request, parser, listener, scope));
        } catch (RejectedExecutionException e) {
            listener.onError(new StudioException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "Too many answers are streamed at once",
                    "Try again when others have ended",
                    e));
            scope.streamEnded().run();
        }
    }

    private void stream(
            HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener, CallScope scope) {
        Duration limit = timeout.multipliedBy(STREAM_TIMEOUTS);
        try (ModelExchange exchange = retries.retrying(scope.cancellation(), () -> open(request, scope, limit))) {
            listener.onOpen(SuccessfulHttpResponse.builder()
                    .statusCode(exchange.status())
                    .headers(exchange.headers())
                    .build());
            Forwarding forwarding = new Forwarding(listener, exchange);
            parser.parse(exchange.body(MAX_ANSWER), forwarding);
            if (!forwarding.hasFailed) {
                listener.onClose();
            }
        } catch (RuntimeException e) {
            listener.onError(e);
        } finally {
            scope.streamEnded().run();
        }
    }

    /** Sends a request once; the answer is not an error. */
    private ModelExchange open(HttpRequest request, CallScope scope, Duration limit) {
        ModelExchange exchange = ModelExchange.send(http, toHttp(request), scope.cancellation(), limit);
        if (exchange.status() < FIRST_ERROR) {
            return exchange;
        }
        try (exchange) {
            String body = key.hideIn(exchange.start(MAX_ERROR));
            throw new StatusFailure(exchange.status(), body, exchange.retryAfter());
        }
    }

    private HttpUriRequestBase toHttp(HttpRequest request) {
        HttpUriRequestBase sent = new HttpUriRequestBase(request.method().name(), URI.create(request.url()));
        request.headers().forEach((name, values) -> values.forEach(value -> sent.addHeader(name, value)));
        if (request.body() != null) {
            sent.setEntity(new StringEntity(request.body(), ContentType.APPLICATION_JSON));
        }
        sent.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(timeout))
                .setResponseTimeout(Timeout.of(timeout))
                .build());
        return sent;
    }

    /** What a model says is left alone where a short key, as servers of one's own have it, is there by chance. */
    private String withoutKey(String answer) {
        return key.isLong() ? key.hideIn(answer) : answer;
    }

    /** Takes the key out of events, and says what a broken connection means. */
    private final class Forwarding implements ServerSentEventListener {
        private final ServerSentEventListener listener;
        private final ModelExchange exchange;
        private boolean hasFailed;

        private Forwarding(ServerSentEventListener listener, ModelExchange exchange) {
            this.listener = listener;
            this.exchange = exchange;
        }

        @Override
        public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
            listener.onEvent(new ServerSentEvent(event.event(), withoutKey(event.data())), context);
        }

        @Override
        public void onError(Throwable error) {
            hasFailed = true;
            listener.onError(error instanceof IOException broken ? exchange.failure(broken) : error);
        }
    }

    /** The bytes of a text. */
    static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
