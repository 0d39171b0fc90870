package dev.datastudio.core.source;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What a test of a connection found. Immutable.
 *
 * @param product name and version of the database, such as {@code PostgreSQL 17.6}
 * @param rights what the user could do if Studio let statements through
 * @param encryption whether the connection was encrypted
 * @param took from the start of the connection to the end of the test
 * @param advice what should be changed, whole sentences; empty when all is well
 */
public record SourceCheck(String product, Rights rights, Encryption encryption, Duration took, List<String> advice) {
    public SourceCheck {
        Objects.requireNonNull(product, "product");
        Objects.requireNonNull(rights, "rights");
        Objects.requireNonNull(encryption, "encryption");
        Objects.requireNonNull(took, "took");
        advice = List.copyOf(advice);
    }

    /** What the database allows the user. */
    public enum Rights {
        /** Reading only, as advised. */
        READ_ONLY,
        /** Changing something. */
        CAN_WRITE,
        /** Everything, also on the server itself. */
        SUPERUSER,
        /** The database does not say. */
        UNKNOWN
    }

    /** Whether somebody on the way could read along. */
    public enum Encryption {
        /** TLS. */
        ON,
        /** Everything, with the password in the worst case, goes in the clear. */
        OFF,
        /** A file, or a connection that belongs to the host program. */
        NOT_APPLICABLE,
        /** The server does not say. */
        UNKNOWN
    }
}
