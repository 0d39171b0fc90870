package dev.datastudio.agents.model.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.langchain4j.exception.TimeoutException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer, which a cancellation and a time limit cut off. Closing it before the answer was read cuts
 * the connection: left to itself the client would first read the rest. Not thread-safe.
 */
final class ModelExchange implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ModelExchange.class);
    private static final int MAX_SECONDS = 1_000_000;

    private final HttpUriRequestBase request;
    private final Cancellation cancellation;
    private final Cancellation.Registration registration;
    private final ScheduledFuture<?> limiting;
    private final Duration limit;
    private volatile boolean isTooLate;
    private @Nullable ClassicHttpResponse response;
    private boolean isRead;

    private ModelExchange(ModelHttp http, HttpUriRequestBase request, Cancellation cancellation, Duration limit) {
        this.request = request;
        this.cancellation = cancellation;
        this.limit = limit;
        this.registration = cancellation.onCancel(request::cancel);
        this.limiting = http.after(limit, () -> {
            isTooLate = true;
            request.cancel();
        });
    }

    /**
     * Sends a request and waits for the head of the answer.
     *
     * @param limit how long everything may take
     */
    static ModelExchange send(ModelHttp http, HttpUriRequestBase request, Cancellation cancellation, Duration limit) {
        ModelExchange exchange = new ModelExchange(http, request, cancellation, limit);
        try {
            exchange.response = http.client().executeOpen(RoutingSupport.determineHost(request), request, null);
            return exchange;
        } catch (IOException e) {
            exchange.close();
            throw exchange.failure(e);
        } catch (HttpException e) {
            exchange.close();
            throw exchange.failure(new IOException(e.getMessage(), e));
        } catch (RuntimeException | Error e) {
            exchange.close();
            throw e;
        }
    }

    private ClassicHttpResponse response() {
        if (response == null) {
            throw new IllegalStateException("There is no answer yet");
        }
        return response;
    }

    int status() {
        return response().getCode();
    }

    Map<String, List<String>> headers() {
        return Arrays.stream(response().getHeaders())
                .collect(Collectors.groupingBy(
                        Header::getName, Collectors.mapping(Header::getValue, Collectors.toList())));
    }

    /** How long the service wants to be left alone; null when it does not say so in seconds. */
    @Nullable
    Duration retryAfter() {
        Header header = response().getFirstHeader(HttpHeaders.RETRY_AFTER);
        String value = header == null || header.getValue() == null
                ? ""
                : header.getValue().strip();
        return value.matches("\\d{1,6}") ? Duration.ofSeconds(Math.min(MAX_SECONDS, Integer.parseInt(value))) : null;
    }

    /** The answer, as it comes; closing it before its end cuts the connection. */
    InputStream body(int maxBytes) {
        try {
            InputStream content = response().getEntity() == null
                    ? InputStream.nullInputStream()
                    : response().getEntity().getContent();
            return new Limited(content, maxBytes);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** The whole answer. */
    String text(int maxBytes) {
        try (InputStream in = body(maxBytes)) {
            return ModelHttpClient.utf8(in.readAllBytes());
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** The beginning of the answer, as far as it can be read. */
    String start(int maxBytes) {
        try (InputStream in = body(Integer.MAX_VALUE)) {
            return ModelHttpClient.utf8(in.readNBytes(maxBytes));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** What it means that the connection failed. */
    RuntimeException failure(IOException e) {
        if (cancellation.isCancelled()) {
            StudioException cancelled = Cancellation.cancelledError();
            cancelled.addSuppressed(e);
            return cancelled;
        }
        boolean isSilent = e instanceof SocketTimeoutException && !(e instanceof ConnectTimeoutException);
        if (isTooLate || isSilent) {
            return new TimeoutException("no answer in time, at most " + limit.toMillis() + " ms", e);
        }
        return new ConnectionFailure(e);
    }

    @Override
    public void close() {
        limiting.cancel(false);
        registration.close();
        if (response == null || !isRead) {
            request.cancel();
        }
        if (response != null) {
            try {
                response.close();
            } catch (IOException e) {
                log.debug("The connection was cut before the end of the answer", e);
            }
        }
    }

    /** Ends where the answer gets too large, and knows whether it was read to its end. */
    private final class Limited extends InputStream {
        private final InputStream in;
        private long left;

        private Limited(InputStream in, long maxBytes) {
            this.in = in;
            this.left = maxBytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            isRead |= count < 0;
            left -= Math.max(0, count);
            if (left < 0) {
                throw new StudioException(
                        ErrorCode.MODEL_FAILED,
                        "The model's service sent more than an answer may have",
                        "Ask for less, or check that the endpoint is that of a model");
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            if (isRead) {
                in.close();
            } else {
                request.cancel();
            }
        }
    }
}
