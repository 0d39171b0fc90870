package dev.datastudio.core.fetch.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP client that connects only to addresses it was given for a host, never to what a second look-up says. For one
 * download. Not thread-safe.
 */
public final class PinnedHttp implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PinnedHttp.class);
    private static final Timeout CONNECT = Timeout.of(15, TimeUnit.SECONDS);
    private static final Timeout SILENCE = Timeout.of(60, TimeUnit.SECONDS);
    private static final int MAX_LINE = 16 * 1024;
    private static final int MAX_HEADERS = 200;

    private final Map<String, List<InetAddress>> pinned = new ConcurrentHashMap<>();
    private final CloseableHttpClient client;

    public PinnedHttp() {
        Http1Config limits = Http1Config.custom()
                .setMaxLineLength(MAX_LINE)
                .setMaxHeaderCount(MAX_HEADERS)
                .build();
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new Pinned(pinned))
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(limits)
                                .build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .setSocketTimeout(SILENCE)
                                .build())
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableContentCompression()
                .disableAuthCaching()
                .setUserAgent("DataStudio")
                .build();
    }

    /** Looks a host up among those that were checked. */
    private record Pinned(Map<String, List<InetAddress>> hosts) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            List<InetAddress> addresses = hosts.get(key(host));
            if (addresses == null) {
                throw new UnknownHostException(host + " was not checked");
            }
            return addresses.toArray(InetAddress[]::new);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    private static String key(String host) {
        return host.toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
    }

    /**
     * An answer, of which as much is read as is wanted. Closing it cuts the connection: left to itself the client would
     * first read the rest, which may have no end.
     */
    public static final class Answer implements AutoCloseable {
        private final HttpUriRequestBase request;
        private final ClassicHttpResponse response;

        private Answer(HttpUriRequestBase request, ClassicHttpResponse response) {
            this.request = request;
            this.response = response;
        }

        public ClassicHttpResponse response() {
            return response;
        }

        @Override
        public void close() {
            request.cancel();
            try {
                response.close();
            } catch (IOException e) {
                log.debug("The connection was cut before the end of the answer", e);
            }
        }
    }

    /** Sends a request to a host at one of its addresses; close the answer. */
    public Answer open(HttpUriRequestBase request, URI uri, List<InetAddress> addresses) throws IOException {
        pinned.put(key(uri.getHost()), addresses);
        request.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
        HttpHost host = new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort());
        return new Answer(request, client.executeOpen(host, request, null));
    }

    /** Drops the connection, however much of the answer was not read. */
    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
