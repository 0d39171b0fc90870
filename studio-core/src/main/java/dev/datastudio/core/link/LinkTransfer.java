package dev.datastudio.core.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server does with requests for {@link SignedLinks}, whatever server it is: GET gives an artifact or one range of
 * its bytes to be saved, PUT stores one, whole or not at all, and all else is refused with problem details. A server that
 * has other routes too gives it those whose path begins with {@link #PATH}. Thread-safe.
 */
public final class LinkTransfer {
    /** What the paths of links begin with. */
    public static final String PATH = LinkText.PREFIX;

    private static final Logger log = LoggerFactory.getLogger(LinkTransfer.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BUFFER = 1 << 16;

    private final SignedLinks links;
    private final ArtifactStore artifacts;
    private final AllowedOrigins origins;

    private LinkTransfer(SignedLinks links, ArtifactStore artifacts, AllowedOrigins origins) {
        this.links = links;
        this.artifacts = artifacts;
        this.origins = origins;
    }

    /**
     * Serves the links of a store.
     *
     * @param allowedOrigins as of {@link LinkServerOptions#allowedOrigins}
     */
    public static LinkTransfer of(SignedLinks links, ArtifactStore artifacts, Set<String> allowedOrigins) {
        return new LinkTransfer(
                Objects.requireNonNull(links, "links"),
                Objects.requireNonNull(artifacts, "artifacts"),
                new AllowedOrigins(allowedOrigins));
    }

    /**
     * Answers one request. Blocks until it is answered.
     *
     * @throws IOException when the client is gone; whoever reads the request closes it
     */
    public void answer(LinkCall call) throws IOException {
        harden(call);
        boolean admitted = origins.admit(call);
        try {
            switch (call.method()) {
                case "GET" -> get(call);
                case "PUT" -> put(call);
                default -> other(call, admitted);
            }
        } catch (ByteRange.NotSatisfiable e) {
            refuse(call, 416, String.valueOf(e.getMessage()), "Ask for a part that is there, or for all");
        } catch (RefusedUpload e) {
            refuse(call, e.status, String.valueOf(e.getMessage()), "Send the content again as the link allows it");
        } catch (StudioException e) {
            log.debug("A request was refused", e);
            refuse(call, status(e.code()), e.what(), e.mend());
        }
    }

    /** Whatever an artifact holds, a browser saves it and runs nothing of it. */
    private static void harden(LinkCall call) {
        call.setHeader("X-Content-Type-Options", "nosniff");
        call.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
        call.setHeader("Cache-Control", "private, no-store");
        call.setHeader("Referrer-Policy", "no-referrer");
        call.setHeader("Accept-Ranges", "none");
    }

    /** A browser's question before a script's request gets its answer; nothing else is served. */
    private static void other(LinkCall call, boolean admitted) throws IOException {
        boolean asks = call.method().equals("OPTIONS") && AllowedOrigins.isPreflight(call);
        if (admitted && asks) {
            AllowedOrigins.describe(call);
            call.begin(204, 0).close();
            return;
        }
        call.setHeader("Allow", "GET, PUT");
        refuse(call, 405, "The method is not allowed", "Use the one that the link is for");
    }

    private void get(LinkCall call) throws IOException {
        LinkGrant grant = links.verify(Method.GET, call.url());
        StoredArtifact artifact = artifacts.find(grant.key()).orElseThrow(() -> notFound(grant.key()));
        try (InputStream content = artifacts.open(grant.key())) {
            call.setHeader("Content-Type", grant.key().mediaType());
            call.setHeader("Content-Disposition", disposition(grant.key().fileName()));
            call.setHeader("Accept-Ranges", "bytes");
            call.setHeader("ETag", tag(artifact));
            Optional<ByteRange> part = part(call, artifact);
            long length = part.map(ByteRange::length).orElse(artifact.sizeBytes());
            part.ifPresent(p -> call.setHeader("Content-Range", p.of(artifact.sizeBytes())));
            content.skipNBytes(part.map(ByteRange::first).orElse(0L));
            try (OutputStream body = call.begin(part.isPresent() ? 206 : 200, length)) {
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

    private static Optional<ByteRange> part(LinkCall call, StoredArtifact artifact) {
        List<String> ranges = call.headers("Range");
        List<String> still = call.headers("If-Range");
        if (ranges.size() != 1 || (!still.isEmpty() && !still.get(0).equals(tag(artifact)))) {
            return Optional.empty();
        }
        try {
            return ByteRange.of(ranges.get(0), artifact.sizeBytes());
        } catch (ByteRange.NotSatisfiable e) {
            call.setHeader("Content-Range", "bytes */" + artifact.sizeBytes());
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

    private void put(LinkCall call) throws IOException {
        Use use = links.use(Method.PUT, call.url());
        boolean stored = false;
        try {
            long length = announced(call, use.grant());
            store(call, use.grant(), length);
            stored = true;
        } finally {
            if (!stored) {
                use.giveBack();
            }
        }
        call.begin(200, 0).close();
    }

    /** The length must be announced: of a body that just ends nobody can tell whether it is whole. */
    private static long announced(LinkCall call, LinkGrant grant) {
        List<String> lengths = call.headers("Content-Length");
        if (lengths.size() != 1
                || !call.headers("Transfer-Encoding").isEmpty()
                || !lengths.get(0).matches("[0-9]{1,18}")) {
            throw new RefusedUpload(411, "The request does not say how long its content is");
        }
        long length = Long.parseLong(lengths.get(0));
        if (length > grant.maxBytes()) {
            throw new RefusedUpload(413, "The content has " + length + " bytes; the link allows " + grant.maxBytes());
        }
        List<String> types = call.headers("Content-Type");
        String type = types.isEmpty() ? "" : types.get(0).toLowerCase(Locale.ROOT);
        if (!grant.mediaType().isEmpty() && !type.split(";", 2)[0].strip().equals(grant.mediaType())) {
            throw new RefusedUpload(415, "The content is not " + grant.mediaType());
        }
        return length;
    }

    private void store(LinkCall call, LinkGrant grant, long length) throws IOException {
        WholeBody body = new WholeBody(call.body(), length);
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
    private static void refuse(LinkCall call, int status, String what, String mend) throws IOException {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("status", status);
        problem.put("detail", status < 500 ? what : "The file store can't do this now");
        problem.put("mend", status < 500 ? mend : "Try again later");
        if (status >= 500) {
            log.error("A link could not be served: {}", what);
        }
        byte[] body = JSON.writeValueAsBytes(problem);
        call.setHeader("Content-Type", "application/problem+json");
        call.setHeader("Connection", "close"); // a body that was not read is not waited for
        if (call.method().equals("HEAD")) {
            call.begin(status, 0).close();
            return;
        }
        try (OutputStream answer = call.begin(status, body.length)) { // before the rest of a broken request is read
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
