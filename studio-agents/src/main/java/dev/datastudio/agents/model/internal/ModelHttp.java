package dev.datastudio.agents.model.internal;

import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.fetch.UrlGuard;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How all models reach their services: connections that are kept for the next request, lead to no address that the guard
 * refuses, follow no redirect, and can be cut at any time. One thread a stream. Thread-safe.
 */
public final class ModelHttp implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ModelHttp.class);
    private static final String STREAM_THREAD = "studio-model";
    private static final int MAX_CLOSING_SECONDS = 5;
    private static final int MAX_AT_ONCE = 1_000;
    private static final int IDLE_SECONDS = 30;
    private static final Timeout CONNECT = Timeout.ofSeconds(15);
    private static final int MAX_LINE = 16 * 1024;
    private static final int MAX_HEADERS = 200;

    private final CloseableHttpClient client;
    private final ThreadPoolExecutor threads;
    private final ScheduledThreadPoolExecutor clock;

    /**
     * Without connections yet.
     *
     * @param guard asked about each address before it is connected to
     */
    public ModelHttp(UrlGuard guard) {
        this.client = client(guard);
        this.threads = new ThreadPoolExecutor(
                0, MAX_AT_ONCE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons(STREAM_THREAD));
        this.clock = new ScheduledThreadPoolExecutor(1, daemons("studio-model-clock"));
        clock.setRemoveOnCancelPolicy(true);
    }

    private static ThreadFactory daemons(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private static CloseableHttpClient client(UrlGuard guard) {
        Http1Config limits = Http1Config.custom()
                .setMaxLineLength(MAX_LINE)
                .setMaxHeaderCount(MAX_HEADERS)
                .build();
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new Guarded(guard))
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(limits)
                                .build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .build())
                        .setMaxConnTotal(MAX_AT_ONCE)
                        .setMaxConnPerRoute(MAX_AT_ONCE)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .setUserAgent("DataStudio")
                .build();
    }

    /** Looks hosts up and refuses what the guard refuses; exactly these addresses are connected to. */
    private record Guarded(UrlGuard guard) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) {
            String inUrl = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
            return guard.check(URI.create("https://" + inUrl)).addresses().toArray(InetAddress[]::new);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    /**
     * What LangChain4j's models are given to reach a service with.
     *
     * @param key is taken out of whatever the service sends
     * @param timeout how long a whole answer may take, and how long a stream may be silent
     * @param maxRetries how often a request is sent again
     */
    public HttpClientBuilder clientFor(Secret key, Duration timeout, int maxRetries) {
        return new Builder(new ModelHttpClient(this, key, timeout, Retries.upTo(maxRetries)));
    }

    CloseableHttpClient client() {
        return client;
    }

    ExecutorService threads() {
        return threads;
    }

    /** Does something after a time, unless it is cancelled before. */
    ScheduledFuture<?> after(Duration time, Runnable action) {
        return clock.schedule(action, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Cuts all connections, and waits until streams have told their readers, unless one of them calls this. */
    @Override
    public void close() {
        clock.shutdownNow();
        threads.shutdown();
        client.close(CloseMode.IMMEDIATE);
        if (!Thread.currentThread().getName().equals(STREAM_THREAD)) {
            awaitStreams();
        }
    }

    private void awaitStreams() {
        try {
            if (!threads.awaitTermination(MAX_CLOSING_SECONDS, TimeUnit.SECONDS)) {
                log.warn("{} streams of models did not end when their connections were cut", threads.getActiveCount());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The models set limits here that the client has already. */
    private record Builder(ModelHttpClient client) implements HttpClientBuilder {
        @Override
        public Duration connectTimeout() {
            return CONNECT.toDuration();
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration ignored) {
            return this;
        }

        @Override
        public Duration readTimeout() {
            return client.timeout();
        }

        @Override
        public HttpClientBuilder readTimeout(Duration ignored) {
            return this;
        }

        @Override
        public HttpClient build() {
            return client;
        }
    }
}
