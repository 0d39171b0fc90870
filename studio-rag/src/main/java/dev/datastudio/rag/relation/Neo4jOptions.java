package dev.datastudio.rag.relation;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.secret.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a Neo4j server is reached. Immutable.
 *
 * @param server where it is: bolt or neo4j, with {@code +s} for TLS, a host and perhaps a port; no user, path or query
 * @param database the name of the database; empty for the server's default one
 * @param user whom to sign in as; empty for a server that asks nobody
 * @param password of the user
 * @param timeout to connect, and of one transaction with all its tries, 1 second to 10 minutes
 */
public record Neo4jOptions(URI server, String database, String user, Secret password, Duration timeout) {
    /** To connect, and of one transaction. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    private static final Set<String> SCHEMES = Set.of("bolt", "bolt+s", "neo4j", "neo4j+s");
    private static final Pattern DATABASE = Pattern.compile("[a-z][a-z0-9.-]{2,62}|");

    /** @throws StudioException {@link ErrorCode#INVALID_ARGUMENT} if a part breaks its rule */
    public Neo4jOptions {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        requireAddress(server);
        if (!DATABASE.matcher(database).matches()) {
            throw invalid(
                    "The name of a Neo4j database can't be " + StudioException.quote(database),
                    "Give 3 to 63 lower-case letters, digits, '.' or '-', beginning with a letter");
        }
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(Duration.ofMinutes(10)) > 0) {
            throw invalid(
                    "The timeout of a Neo4j server must be 1 second to 10 minutes, was " + timeout,
                    "Give one in that range");
        }
    }

    /** A server that asks nobody who it is, and its default database. */
    public static Neo4jOptions at(URI server) {
        return new Neo4jOptions(server, "", "", Secret.of(""), DEFAULT_TIMEOUT);
    }

    /** The same, signed in. */
    public Neo4jOptions signedInAs(String other, Secret secret) {
        return new Neo4jOptions(server, database, other, secret, timeout);
    }

    /** The same with another {@link #database()}. */
    public Neo4jOptions withDatabase(String other) {
        return new Neo4jOptions(server, other, user, password, timeout);
    }

    /** The same with another {@link #timeout()}. */
    public Neo4jOptions withTimeout(Duration other) {
        return new Neo4jOptions(server, database, user, password, other);
    }

    /** An address that is refused is not repeated: somebody may have put a password into it. */
    private static void requireAddress(URI server) {
        String scheme = String.valueOf(server.getScheme()).toLowerCase(Locale.ROOT);
        boolean isPlain = server.getHost() != null
                && server.getRawUserInfo() == null
                && String.valueOf(server.getRawPath()).isEmpty()
                && server.getRawQuery() == null
                && server.getRawFragment() == null;
        if (!SCHEMES.contains(scheme) || !isPlain) {
            throw invalid(
                    "That is no address of a Neo4j server",
                    "Give one such as bolt://localhost:7687 or neo4j+s://graph.example.org, without user and path");
        }
    }

    private static StudioException invalid(String what, String mend) {
        return new StudioException(ErrorCode.INVALID_ARGUMENT, what, mend);
    }
}
