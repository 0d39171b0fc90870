package dev.datastudio.rag.index.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.secret.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** What goes wrong with a Chroma server, in words that hold no header of ours. */
final class ChromaErrors {
    private static final int READ_BYTES = 2_000;

    private final String server;
    private final List<Secret> secrets;
    private final Duration timeout;

    ChromaErrors(URI base, Collection<Secret> secrets, Duration timeout) {
        this.server = "The Chroma server " + StudioException.quote(base);
        this.secrets = List.copyOf(secrets);
        this.timeout = timeout;
    }

    StudioException unreachable(IOException cause) {
        if (cause instanceof CappedBody.TooLarge) {
            return new StudioException(
                    ErrorCode.LIMIT_EXCEEDED,
                    server + " answers too much: " + cause.getMessage(),
                    "Ask for fewer passages at once");
        }
        return new StudioException(
                ErrorCode.STORAGE_FAILED,
                server + " can't be reached: " + reason(cause),
                "Start it, or give the address at which it is",
                cause);
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : StudioException.quote(message);
    }

    StudioException late(Throwable cause) {
        return new StudioException(
                ErrorCode.STORAGE_BUSY,
                server + " did not answer within " + timeout.toMillis() + " ms",
                "Do it again when it has less to do, or give it more time",
                cause);
    }

    /** @param status neither success nor 404 or 409 */
    StudioException refused(int status, byte[] body) {
        if (status == 401 || status == 403) {
            return new StudioException(
                    ErrorCode.STORAGE_FAILED,
                    server + " lets nobody in with these headers (status " + status + ")",
                    "Give the header it asks for, with a token that is valid");
        }
        if (status == 410 || status / 100 == 3) {
            return notChroma("status " + status);
        }
        if (status == 413) {
            return new StudioException(
                    ErrorCode.LIMIT_EXCEEDED,
                    server + " takes no request that large",
                    "Raise its limit, or that of the proxy before it, or cut documents into smaller passages");
        }
        String said =
                StudioException.quote(withoutSecrets(new String(body, 0, Math.min(body.length, READ_BYTES), UTF_8)));
        boolean isBusy = status == 429 || status == 503;
        return new StudioException(
                isBusy ? ErrorCode.STORAGE_BUSY : ErrorCode.STORAGE_FAILED,
                server + " refused a request with status " + status + ": " + said,
                isBusy ? "Do it again in a while" : "See the log of the server for the cause");
    }

    /** A proxy may send back what it was sent. */
    private String withoutSecrets(String said) {
        String clean = said;
        for (Secret secret : secrets) {
            clean = secret.hideIn(clean);
        }
        return clean;
    }

    StudioException notChroma(String answer) {
        return new StudioException(
                ErrorCode.STORAGE_FAILED,
                server + " does not answer as one that speaks the API v2: " + answer,
                "Give the address of a Chroma server of version 1.0 or later");
    }

    StudioException gone() {
        return new StudioException(
                ErrorCode.STORAGE_FAILED,
                "A collection of " + server.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + server.substring(1)
                        + " was taken away while it was written",
                "Do it again");
    }
}
