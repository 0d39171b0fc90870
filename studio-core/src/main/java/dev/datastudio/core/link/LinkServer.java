package dev.datastudio.core.link;

import com.sun.net.httpserver.HttpServer;
import dev.datastudio.api.artifact.ArtifactStore;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Serves {@link SignedLinks} over HTTP with the JDK's own server (module {@code jdk.httpserver}), for programs that have
 * no other: GET gives an artifact or one range of its bytes to be saved, PUT stores one, whole or not at all. Nothing else is answered, and nothing
 * without a valid link. Thread-safe.
 *
 * <p>It listens on this machine alone unless told otherwise. It speaks no TLS and
 * waits for slow clients, 64 at a time: on other addresses put a proxy before it.
 */
public final class LinkServer implements AutoCloseable {
    /** Begun when needed: each slow client holds one, as long as it likes. */
    private static final int THREADS = 64;

    private final HttpServer server;
    private final ExecutorService threads;
    private final SignedLinks links;
    private final URI base;

    private LinkServer(HttpServer server, SignedLinks links, LinkExchange exchange, String host) {
        this.server = server;
        this.links = links;
        this.base = URI.create("http://" + host + ":" + server.getAddress().getPort());
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "studio-links-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", exchange);
    }

    /** Starts a server on 127.0.0.1 and a free port. */
    public static LinkServer start(SignedLinks links, ArtifactStore artifacts) {
        return start(links, artifacts, LinkServerOptions.DEFAULT);
    }

    /**
     * Starts a server on an address.
     *
     * @throws StudioException INVALID_ARGUMENT when the address can't be listened on
     */
    public static LinkServer start(SignedLinks links, ArtifactStore artifacts, InetSocketAddress address) {
        return start(links, artifacts, LinkServerOptions.DEFAULT.at(address));
    }

    /**
     * Starts a server.
     *
     * @throws StudioException INVALID_ARGUMENT when the address can't be listened on
     */
    public static LinkServer start(SignedLinks links, ArtifactStore artifacts, LinkServerOptions options) {
        InetSocketAddress address = options.address();
        Objects.requireNonNull(links, "links");
        Objects.requireNonNull(artifacts, "artifacts");
        HttpServer server;
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The address " + StudioException.quote(address) + " can't be listened on: " + e.getMessage(),
                    "Choose another port, or 0 for a free one",
                    e);
        }
        LinkExchange exchange = new LinkExchange(LinkTransfer.of(links, artifacts, options.allowedOrigins()));
        String host = address.getAddress().isAnyLocalAddress() ? "127.0.0.1" : address.getHostString();
        LinkServer started = new LinkServer(server, links, exchange, host.contains(":") ? "[" + host + "]" : host);
        server.start();
        return started;
    }

    /** Where it is reached: scheme, host and port. */
    public URI base() {
        return base;
    }

    /** A link that this server answers; see {@link SignedLinks#sign}. */
    public URI link(Caller caller, LinkGrant grant) {
        return links.sign(base, caller, grant);
    }

    /** Stops it; transfers in progress are cut, and what was being written is not kept. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
