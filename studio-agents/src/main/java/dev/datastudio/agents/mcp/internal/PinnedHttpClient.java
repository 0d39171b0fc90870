package dev.datastudio.agents.mcp.internal;

import dev.datastudio.core.fetch.CheckedUrl;
import dev.datastudio.core.fetch.internal.PinnedHttp;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * The JDK's HTTP client as the MCP SDK wants one, over connections that go to the very addresses that were checked: the
 * JDK's own client looks a name up again, and could be led into the host's network by then. Redirects are refused. One
 * thread for each request that is open. Thread-safe.
 */
final class PinnedHttpClient extends HttpClient {
    private static final Timeout SILENCE = Timeout.ofMinutes(10);

    private final CheckedUrl endpoint;
    private final PinnedHttp http;
    private final Executor executor;
    private final Consumer<IOException> broken;

    /** @param broken told when a POST gets no answer, or one that breaks off */
    PinnedHttpClient(CheckedUrl endpoint, PinnedHttp http, Executor executor, Consumer<IOException> broken) {
        this.endpoint = endpoint;
        this.http = http;
        this.executor = executor;
        this.broken = broken;
    }

    /** A server sent somewhere else; nobody goes there, least of all with a key. */
    static final class RedirectRefused extends IOException {
        private static final long serialVersionUID = 1L;

        RedirectRefused(int status) {
            super("the server answered with a redirect, " + status);
        }
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        CompletableFuture<HttpResponse<T>> future = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                exchange(request, handler, future);
            } catch (IOException e) {
                future.completeExceptionally(e);
                if (request.method().equals("POST")) {
                    broken.accept(e);
                }
            } catch (RuntimeException e) {
                future.completeExceptionally(e);
            }
        });
        return future;
    }

    /** Completes the future when the subscriber has a body, which may be long before all of it has come. */
    private <T> void exchange(
            HttpRequest request, HttpResponse.BodyHandler<T> handler, CompletableFuture<HttpResponse<T>> future)
            throws IOException {
        HttpUriRequestBase sent = sent(request);
        CompletableFuture<HttpResponse<T>> unused = future.whenComplete((response, failure) -> {
            if (failure != null) {
                sent.cancel();
            }
        });
        try (PinnedHttp.Answer answer = http.open(sent, request.uri(), endpoint.addresses())) {
            ClassicHttpResponse response = answer.response();
            if (response.getCode() >= 300 && response.getCode() < 400) {
                throw new RedirectRefused(response.getCode());
            }
            Head head = new Head(response.getCode(), headers(response));
            HttpResponse.BodySubscriber<T> subscriber = handler.apply(head);
            BodyPump pump = new BodyPump(answer, subscriber);
            subscriber.getBody().whenComplete((body, failure) -> {
                if (failure == null) {
                    future.complete(new Answered<>(request, head, body));
                } else {
                    future.completeExceptionally(failure);
                }
            });
            pump.run();
        }
    }

    private HttpUriRequestBase sent(HttpRequest request) throws IOException {
        if (!isEndpoint(request.uri())) {
            throw new IOException("a request left the endpoint that was checked");
        }
        HttpUriRequestBase sent = new HttpUriRequestBase(request.method(), request.uri());
        sent.setConfig(RequestConfig.custom().setResponseTimeout(SILENCE).build());
        request.headers().map().forEach((name, values) -> values.forEach(value -> sent.addHeader(name, value)));
        if (request.bodyPublisher().isPresent()) {
            byte[] body = BodyPump.collected(request.bodyPublisher().get());
            sent.setEntity(body.length == 0 ? null : new ByteArrayEntity(body, null));
        }
        return sent;
    }

    private boolean isEndpoint(URI uri) {
        URI checked = endpoint.uri();
        return checked.getScheme().equalsIgnoreCase(uri.getScheme())
                && checked.getAuthority().equalsIgnoreCase(uri.getAuthority());
    }

    private static HttpHeaders headers(ClassicHttpResponse response) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : response.getHeaders()) {
            headers.computeIfAbsent(header.getName(), name -> new ArrayList<>()).add(header.getValue());
        }
        return HttpHeaders.of(headers, (name, value) -> true);
    }

    private record Head(int statusCode, HttpHeaders headers) implements HttpResponse.ResponseInfo {
        @Override
        public Version version() {
            return Version.HTTP_1_1;
        }
    }

    private record Answered<T>(HttpRequest request, Head head, T body) implements HttpResponse<T> {
        @Override
        public int statusCode() {
            return head.statusCode();
        }

        @Override
        public Optional<HttpResponse<T>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public HttpHeaders headers() {
            return head.headers();
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            return request.uri();
        }

        @Override
        public Version version() {
            return head.version();
        }
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        try {
            return sendAsync(request, handler).get();
        } catch (ExecutionException e) {
            throw new IOException("the request failed", e);
        }
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, HttpResponse.BodyHandler<T> handler, HttpResponse.PushPromiseHandler<T> pushes) {
        return sendAsync(request, handler);
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return Optional.empty();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return Optional.empty();
    }

    @Override
    public Redirect followRedirects() {
        return Redirect.NEVER;
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return Optional.empty();
    }

    @Override
    public SSLContext sslContext() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has a default for TLS", e);
        }
    }

    @Override
    public SSLParameters sslParameters() {
        return sslContext().getDefaultSSLParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return Optional.empty();
    }

    @Override
    public Version version() {
        return Version.HTTP_1_1;
    }

    @Override
    public Optional<Executor> executor() {
        return Optional.of(executor);
    }
}
