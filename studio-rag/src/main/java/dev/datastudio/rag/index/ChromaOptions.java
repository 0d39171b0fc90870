package dev.datastudio.rag.index;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.secret.Secret;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a Chroma server is reached. Immutable.
 *
 * @param server where it is: http or https, with a host, perhaps a port and a path before {@code /api/v2}; no user, no
 *     query
 * @param tenant the tenant of Chroma that all databases are in, made when it is not there; 3 to 128 letters, digits, '-',
 *     '_', '.'
 * @param databasePrefix what the names of databases begin with, so that several installations may share a server; 1 to 32
 *     lower-case letters, digits or '-', beginning with a letter
 * @param headers sent with each request, such as {@code X-Chroma-Token}; never in a message or a log
 * @param timeout of one answer, 1 ms to 1 hour
 */
public record ChromaOptions(
        URI server, String tenant, String databasePrefix, Map<String, Secret> headers, Duration timeout) {
    /** The tenant that every Chroma server has. */
    public static final String DEFAULT_TENANT = "default_tenant";

    /** What the names of databases begin with. */
    public static final String DEFAULT_DATABASE_PREFIX = "studio";

    /** Of one answer. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    private static final Duration MAX_TIMEOUT = Duration.ofHours(1);
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{1,126}[A-Za-z0-9]");
    private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]*");

    /** @throws StudioException {@link ErrorCode#INVALID_ARGUMENT} if a part breaks its rule */
    public ChromaOptions {
        requireAddress(Objects.requireNonNull(server, "server"));
        require("tenant", tenant, TENANT);
        require("databasePrefix", databasePrefix, PREFIX);
        headers = Map.copyOf(headers);
        headers.forEach(ChromaOptions::requireHeader);
        if (timeout.isNegative() || timeout.toMillis() == 0 || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw invalid(
                    "The timeout of a Chroma server must be 1 ms to 1 hour, was " + timeout, "Give one in that range");
        }
    }

    /** A server that asks for no token, with the defaults. */
    public static ChromaOptions at(URI server) {
        return new ChromaOptions(server, DEFAULT_TENANT, DEFAULT_DATABASE_PREFIX, Map.of(), DEFAULT_TIMEOUT);
    }

    /** The same with another {@link #tenant()}. */
    public ChromaOptions withTenant(String other) {
        return new ChromaOptions(server, other, databasePrefix, headers, timeout);
    }

    /** The same with another {@link #databasePrefix()}. */
    public ChromaOptions withDatabasePrefix(String other) {
        return new ChromaOptions(server, tenant, other, headers, timeout);
    }

    /** The same with one header more, or another value of it. */
    public ChromaOptions withHeader(String name, Secret value) {
        Map<String, Secret> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ChromaOptions(server, tenant, databasePrefix, more, timeout);
    }

    /** The same with another {@link #timeout()}. */
    public ChromaOptions withTimeout(Duration other) {
        return new ChromaOptions(server, tenant, databasePrefix, headers, other);
    }

    private static void requireAddress(URI server) {
        String scheme = String.valueOf(server.getScheme()).toLowerCase(Locale.ROOT);
        boolean isPlain = server.getHost() != null
                && server.getRawUserInfo() == null
                && server.getRawQuery() == null
                && server.getRawFragment() == null;
        if (!Set.of("http", "https").contains(scheme) || !isPlain) {
            String shown = server.getRawUserInfo() == null ? StudioException.quote(server) : "with a user in it";
            throw invalid(
                    "The address of a Chroma server " + shown + " is none of http or https with a host and no more",
                    "Give one such as 'http://localhost:8000', and a token as a header");
        }
    }

    private static void require(String name, String value, Pattern rule) {
        if (!rule.matcher(Objects.requireNonNull(value, name)).matches()) {
            throw invalid(
                    "The " + name + " of a Chroma server must match " + rule + ", was " + StudioException.quote(value),
                    "Give another one");
        }
    }

    private static void requireHeader(String name, Secret value) {
        try {
            HttpRequest.newBuilder().header(name, "any");
        } catch (IllegalArgumentException e) {
            throw invalid("A request can't have the header " + StudioException.quote(name), "Leave it out");
        }
        if (!HEADER_VALUE.matcher(value.reveal()).matches()) {
            throw invalid(
                    "The value of the header " + StudioException.quote(name) + " has other characters than ASCII ones",
                    "Give the token without line breaks");
        }
    }

    private static StudioException invalid(String what, String mend) {
        return new StudioException(ErrorCode.INVALID_ARGUMENT, what, mend);
    }
}
