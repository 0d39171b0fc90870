package dev.datastudio.agents.web.internal;

import dev.datastudio.agents.web.SearchProvider;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests to search services. The JDK's client is used as it writes no address into a log unless the JVM is told to: some services want the
 * key in it. For the same reason no error tells the address, what the service said, or the client's own words.
 * Redirects are not followed. Thread-safe.
 */
public final class SearchHttp {
    private static final int MAX_ANSWER = 4 << 20;
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Duration timeout;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** @param timeout how long an answer may take, from the request to its last byte */
    public SearchHttp(Duration timeout) {
        this.timeout = timeout;
    }

    Duration timeout() {
        return timeout;
    }

    /**
     * The body of the answer to a request.
     *
     * @throws StudioException with {@link ErrorCode#TOOL_SERVER_FAILED}, {@link ErrorCode#LIMIT_EXCEEDED} or
     *     {@link ErrorCode#CANCELLED}
     */
    String send(SearchProvider provider, HttpRequest request, Cancellation cancellation) {
        cancellation.throwIfCancelled();
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, head -> new BoundedBody(MAX_ANSWER));
        try (Cancellation.Registration waiting = cancellation.onCancel(() -> answer.cancel(true))) {
            assert waiting != null;
            HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw SearchFailures.status(provider, response.statusCode());
            }
            return new String(response.body(), StandardCharsets.UTF_8);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw SearchFailures.late(provider, timeout);
        } catch (CancellationException e) {
            throw Cancellation.cancelledError();
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw Cancellation.cancelledError();
        } catch (ExecutionException e) {
            cancellation.throwIfCancelled(); // the client may say so by an error of its own
            Throwable cause = e.getCause();
            throw failed(provider, cause == null ? e : cause);
        }
    }

    private static StudioException failed(SearchProvider provider, Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof BoundedBody.TooLong) {
                return SearchFailures.tooLong(provider, MAX_ANSWER);
            }
        }
        return SearchFailures.unreachable(provider, cause.getClass());
    }
}
