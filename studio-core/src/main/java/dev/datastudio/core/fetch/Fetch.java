package dev.datastudio.core.fetch;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.fetch.internal.FileNames;
import dev.datastudio.core.fetch.internal.PinnedHttp;
import dev.datastudio.core.fetch.internal.Transfer;
import dev.datastudio.core.workspace.internal.StorageErrors;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;

/**
 * Fetches files over HTTP. Each address, that of a redirect too, passes a {@link UrlGuard}, and the connection goes to
 * the machine that was checked; certificates are checked for the host's name. At most {@value #MAX_REDIRECTS} redirects
 * are followed, none from https to http, and none gets the credentials. Proxies, cookies and content codings are not
 * used. Thread-safe.
 */
public final class Fetch {
    /** Reaches public addresses only. */
    public static final Fetch DEFAULT = new Fetch(UrlGuard.DEFAULT);

    /** How many redirects are followed. */
    public static final int MAX_REDIRECTS = 3;

    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset=\"?([\\w.:+-]{1,40})", Pattern.CASE_INSENSITIVE);

    private final UrlGuard guard;

    private Fetch(UrlGuard guard) {
        this.guard = guard;
    }

    /** Reaches what a guard lets through. */
    public static Fetch with(UrlGuard guard) {
        return new Fetch(Objects.requireNonNull(guard, "guard"));
    }

    /**
     * Downloads a file into a folder. Blocks; nothing stays when it fails.
     *
     * @throws StudioException URL_REFUSED when an address may not be reached, URL_UNREACHABLE when the server does not
     *     answer, LIMIT_EXCEEDED when it is too large or takes too long, CANCELLED, or a {@code STORAGE_…} code
     * @throws HttpStatusException when the server answers with an error
     */
    public FetchedFile download(URI uri, Path folder, FetchOptions options) {
        return download(uri, "", folder, options);
    }

    /** As {@link #download(URI, Path, FetchOptions)}, with HTTP's basic authentication for the first server. */
    public FetchedFile download(URI uri, String user, Secret password, Path folder, FetchOptions options) {
        byte[] pair = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
        return download(uri, "Basic " + Base64.getEncoder().encodeToString(pair), folder, options);
    }

    /**
     * Reads what is at an address into memory; the limit of size should be small. Throws as {@link #download(URI, Path,
     * FetchOptions)} does.
     */
    public FetchedBytes read(URI uri, FetchOptions options) {
        Transfer transfer = new Transfer(options);
        try (PinnedHttp http = new PinnedHttp()) {
            return follow(http, uri, "", transfer, (response, at) -> read(response, at, transfer));
        }
    }

    private FetchedFile download(URI uri, String authorization, Path folder, FetchOptions options) {
        Path file = folder.resolve("fetched-" + UUID.randomUUID());
        boolean done = false;
        try (PinnedHttp http = new PinnedHttp()) {
            Transfer transfer = new Transfer(options);
            FetchedFile fetched =
                    follow(http, uri, authorization, transfer, (response, at) -> save(response, at, file, transfer));
            done = true;
            return fetched;
        } finally {
            if (!done) {
                delete(file);
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw StorageErrors.failed("The unfinished download " + StudioException.quote(file) + " stays", e);
        }
    }

    /** Takes in the answer that redirects led to. */
    @FunctionalInterface
    private interface Taking<T> {
        T take(ClassicHttpResponse response, URI at) throws IOException;
    }

    private <T> T follow(PinnedHttp http, URI first, String authorization, Transfer transfer, Taking<T> taking) {
        URI uri = first;
        for (int redirects = 0; ; redirects++) {
            CheckedUrl checked = guard.check(uri);
            HttpGet request = new HttpGet(uri);
            if (!authorization.isEmpty() && redirects == 0) {
                request.setHeader(HttpHeaders.AUTHORIZATION, authorization);
            }
            try (Transfer.Watch watch = transfer.watch(request);
                    PinnedHttp.Answer answer = http.open(request, checked.uri(), checked.addresses())) {
                assert watch != null;
                ClassicHttpResponse response = answer.response();
                int status = response.getCode();
                if (status == 200) {
                    return taking.take(response, uri);
                } else if (!isRedirect(status)) {
                    throw status(uri, status);
                }
                uri = target(uri, response, redirects);
            } catch (IOException e) {
                throw failed(uri, e, transfer);
            }
        }
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static URI target(URI from, ClassicHttpResponse response, int redirects) {
        Header location = response.getFirstHeader(HttpHeaders.LOCATION);
        if (redirects == MAX_REDIRECTS || location == null) {
            throw refused(from, location == null ? "redirects to nowhere" : "redirects too often");
        }
        URI target;
        try {
            target = from.resolve(location.getValue());
        } catch (IllegalArgumentException e) {
            throw refused(from, "redirects to what is no address");
        }
        if ("https".equalsIgnoreCase(from.getScheme()) && !"https".equalsIgnoreCase(target.getScheme())) {
            throw refused(from, "redirects from https to what is not encrypted");
        }
        return target;
    }

    private static StudioException refused(URI uri, String why) {
        return new StudioException(
                ErrorCode.URL_REFUSED,
                "The address " + StudioException.quote(UrlGuard.printable(uri)) + " " + why,
                "Use the address that the file itself has");
    }

    private static StudioException status(URI uri, int status) {
        String mend = status == 401 || status == 403
                ? "Use an address that needs no login, or download the file and import it"
                : "Check the address in a browser";
        return new HttpStatusException(
                status,
                "The server answers " + StudioException.quote(UrlGuard.printable(uri)) + " with status " + status,
                mend);
    }

    private static FetchedFile save(ClassicHttpResponse response, URI uri, Path file, Transfer transfer)
            throws IOException {
        HttpEntity entity = response.getEntity();
        String contentType = contentType(response);
        long bytes = entity == null
                ? transfer.save(InputStream.nullInputStream(), 0, file)
                : transfer.save(entity.getContent(), entity.getContentLength(), file);
        String name = FileNames.of(header(response, "Content-Disposition"), uri, contentType);
        return new FetchedFile(file, name, contentType, bytes);
    }

    private static FetchedBytes read(ClassicHttpResponse response, URI uri, Transfer transfer) throws IOException {
        HttpEntity entity = response.getEntity();
        byte[] bytes = entity == null ? new byte[0] : transfer.read(entity.getContent(), entity.getContentLength());
        Matcher charset = CHARSET.matcher(header(response, HttpHeaders.CONTENT_TYPE));
        return new FetchedBytes(uri, contentType(response), charset.find() ? charset.group(1) : "", bytes);
    }

    private static String contentType(ClassicHttpResponse response) {
        String type = header(response, HttpHeaders.CONTENT_TYPE).replaceFirst(";.*", "");
        return type.strip().toLowerCase(Locale.ROOT);
    }

    private static String header(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null || header.getValue() == null ? "" : header.getValue();
    }

    private static StudioException failed(URI uri, IOException cause, Transfer transfer) {
        if (transfer.isCancelled()) {
            return Cancellation.cancelledError();
        } else if (transfer.isLate()) {
            return transfer.late();
        }
        return new StudioException(
                ErrorCode.URL_UNREACHABLE,
                "The address " + StudioException.quote(UrlGuard.printable(uri)) + " can't be read: "
                        + cause.getClass().getSimpleName(),
                "Check the address and the network, then try again",
                cause);
    }
}
