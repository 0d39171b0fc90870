package dev.datastudio.core.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.artifact.ArtifactStore;
import dev.datastudio.api.artifact.StoredArtifact;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.link.LinkGrant.Method;
import dev.datastudio.core.link.SignedLinks.Use;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one request of a {@link LinkServer}. */
final class LinkExchange implements HttpHandler {
    private static final Logger log = LoggerFactory.getLogger(LinkExchange.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NO_BODY = -1;
    private static final int BUFFER = 1 << 16;

    private final SignedLinks links;
    private final ArtifactStore artifacts;

    private final AllowedOrigins origins;

    LinkExchange(SignedLinks links, ArtifactStore artifacts, AllowedOrigins origins) {
        this.links = links;
        this.artifacts = artifacts;
        this.origins = origins;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            harden(exchange.getResponseHeaders());
            boolean admitted = origins.admit(exchange.getRequestHeaders(), exchange.getResponseHeaders());
            try {
                switch (exchange.getRequestMethod()) {
                    case "GET" -> get(exchange);
                    case "PUT" -> put(exchange);
                    default -> other(exchange, admitted);
                }
            } catch (ByteRange.NotSatisfiable e) {
                refuse(exchange, 416, String.valueOf(e.getMessage()), "Ask for a part that is there, or for all");
            } catch (RefusedUpload e) {
                refuse(
                        exchange,
                        e.status,
                        String.valueOf(e.getMessage()),
                        "Send the content again as the link allows it");
            } catch (StudioException e) {
                log.debug("A request was refused", e);
                refuse(exchange, status(e.code()), e.what(), e.mend());
            }
        }
    }

    /** Whatever an artifact holds, a browser saves it and runs nothing of it. */
    private static void harden(Headers headers) {
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Content-Security-Policy", "default-src 'none'; sandbox");
        headers.set("Cache-Control", "private, no-store");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Accept-Ranges", "none");
    }

    /** A browser's question before a script's request gets its answer; nothing else is served. */
    private static void other(HttpExchange exchange, boolean admitted) throws IOException {
        boolean asks = exchange.getRequestMethod().equals("OPTIONS")
                && AllowedOrigins.isPreflight(exchange.getRequestHeaders());
        if (admitted && asks) {
            AllowedOrigins.describe(exchange.getResponseHeaders());
            exchange.sendResponseHeaders(204, NO_BODY);
            return;
        }
        exchange.getResponseHeaders().set("Allow", "GET, PUT");
        refuse(exchange, 405, "The method is not allowed", "Use the one that the link is for");
    }

    private void get(HttpExchange exchange) throws IOException {
        LinkGrant grant = links.verify(Method.GET, exchange.getRequestURI());
        StoredArtifact artifact = artifacts.find(grant.key()).orElseThrow(() -> notFound(grant.key()));
        try (InputStream content = artifacts.open(grant.key())) {
            Headers headers = exchange.getResponseHeaders();
            headers.set("Content-Type", grant.key().mediaType());
            headers.set("Content-Disposition", disposition(grant.key().fileName()));
            headers.set("Accept-Ranges", "bytes");
            headers.set("ETag", tag(artifact));
            Optional<ByteRange> part = part(exchange, artifact);
            long length = part.map(ByteRange::length).orElse(artifact.sizeBytes());
            part.ifPresent(p -> headers.set("Content-Range", p.of(artifact.sizeBytes())));
            content.skipNBytes(part.map(ByteRange::first).orElse(0L));
            exchange.sendResponseHeaders(part.isPresent() ? 206 : 200, length == 0 ? NO_BODY : length);
            try (OutputStream body = exchange.getResponseBody()) {
                send(content, length, body);
            }
        }
    }

    /** So that parts that are fetched one by one are parts of one content. */
    private static String tag(StoredArtifact artifact) {
        Instant at = artifact.storedAt();
        return '"'
                + Long.toHexString(at.getEpochSecond())
                + '-'
                + Integer.toHexString(at.getNano())
                + '-'
                + Long.toHexString(artifact.sizeBytes())
                + '"';
    }

    private static Optional<ByteRange> part(HttpExchange exchange, StoredArtifact artifact) {
        Headers headers = exchange.getRequestHeaders();
        List<String> ranges = headers.getOrDefault("Range", List.of());
        String still = headers.getFirst("If-Range");
        if (ranges.size() != 1 || (still != null && !still.equals(tag(artifact)))) {
            return Optional.empty();
        }
        try {
            return ByteRange.of(ranges.get(0), artifact.sizeBytes());
        } catch (ByteRange.NotSatisfiable e) {
            exchange.getResponseHeaders().set("Content-Range", "bytes */" + artifact.sizeBytes());
            throw e;
        }
    }

    private static void send(InputStream content, long length, OutputStream body) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = length;
        while (left > 0) {
            int read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("The artifact ended " + left + " bytes too early");
            }
            body.write(buffer, 0, read);
            left -= read;
        }
    }

    /** RFC 6266 with the name in the form of RFC 8187, so that no name can end the header's value. */
    private static String disposition(String fileName) {
        String encoded = URLEncoder.encode(fileName, UTF_8).replace("+", "%20").replace("*", "%2A");
        return "attachment; filename*=UTF-8''" + encoded;
    }

    private void put(HttpExchange exchange) throws IOException {
        Use use = links.use(Method.PUT, exchange.getRequestURI());
        boolean stored = false;
        try {
            long length = announced(exchange.getRequestHeaders(), use.grant());
            store(exchange, use.grant(), length);
            stored = true;
        } finally {
            if (!stored) {
                use.giveBack();
            }
        }
        exchange.sendResponseHeaders(200, NO_BODY);
    }

    /** The length must be announced: of a body that just ends nobody can tell whether it is whole. */
    private static long announced(Headers headers, LinkGrant grant) {
        List<String> lengths = headers.getOrDefault("Content-Length", List.of());
        if (lengths.size() != 1
                || headers.containsKey("Transfer-Encoding")
                || !lengths.get(0).matches("[0-9]{1,18}")) {
            throw new RefusedUpload(411, "The request does not say how long its content is");
        }
        long length = Long.parseLong(lengths.get(0));
        if (length > grant.maxBytes()) {
            throw new RefusedUpload(413, "The content has " + length + " bytes; the link allows " + grant.maxBytes());
        }
        String type = String.valueOf(headers.getFirst("Content-Type")).toLowerCase(Locale.ROOT);
        if (!grant.mediaType().isEmpty() && !type.split(";", 2)[0].strip().equals(grant.mediaType())) {
            throw new RefusedUpload(415, "The content is not " + grant.mediaType());
        }
        return length;
    }

    private void store(HttpExchange exchange, LinkGrant grant, long length) {
        WholeBody body = new WholeBody(exchange.getRequestBody(), length);
        try {
            artifacts.put(grant.key(), body);
        } catch (StudioException e) {
            if (body.wasCut()) {
                throw new RefusedUpload(400, "The content ended before the " + length + " bytes that were announced");
            }
            throw e;
        }
    }

    private static int status(ErrorCode code) {
        return switch (code) {
            case LINK_REFUSED -> 403;
            case ARTIFACT_NOT_FOUND, ARTIFACT_KEY_INVALID -> 404;
            case STORAGE_FULL -> 507;
            case STORAGE_BUSY -> 503;
            default -> 500;
        };
    }

    /** Problem details as in RFC 9457; those of the store stay in the log. */
    private static void refuse(HttpExchange exchange, int status, String what, String mend) throws IOException {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("status", status);
        problem.put("detail", status < 500 ? what : "The file store can't do this now");
        problem.put("mend", status < 500 ? mend : "Try again later");
        if (status >= 500) {
            log.error("A link could not be served: {}", what);
        }
        byte[] body = JSON.writeValueAsBytes(problem);
        exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
        exchange.getResponseHeaders().set("Connection", "close"); // a body that was not read is not waited for
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, NO_BODY);
            return;
        }
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream answer = exchange.getResponseBody()) { // sent before the rest of a broken request is read
            answer.write(body);
        }
    }

    private static StudioException notFound(ArtifactKey key) {
        return new StudioException(
                ErrorCode.ARTIFACT_NOT_FOUND,
                "There is no artifact " + StudioException.quote(key),
                "Make it first, then ask for a new link");
    }

    /** A request that a valid link does not allow. */
    private static final class RefusedUpload extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;

        RefusedUpload(int status, String message) {
            super(message, null, false, false);
            this.status = status;
        }
    }
}
