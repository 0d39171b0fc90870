package dev.datastudio.core.source;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.source.internal.SpecRules;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How a database is reached: parts that are checked one by one, never a JDBC URL. One that breaks a rule can't be made.
 * Immutable; holds no password.
 *
 * @param name what people call it, 1 to 100 characters
 * @param kind what kind of database it is
 * @param host name or address of the server, letters, digits, {@code . - _}, or an IPv6 address; empty for a file and
 *     for {@link SourceKind#HOST}
 * @param port 1 to 65,535; that of a file and of {@link SourceKind#HOST} is 0
 * @param database of a server: its name, of letters, digits and {@code _ - . $}; of a file: its path, relative to an
 *     allowed folder or absolute within one; of {@link SourceKind#HOST}: the name that the host program gave it
 * @param user whom to sign in as; empty for none
 * @param properties settings of the driver, each of a short list that {@link #allowedProperties(SourceKind)} gives
 * @param readTimeout how long one query may run, 1 second to 1 hour
 * @param schema the one schema to look at; empty for all. MySQL and SQLite have none
 * @param rowLimit how many rows an import takes at most, at least 1
 */
public record SourceSpec(
        String name,
        SourceKind kind,
        String host,
        int port,
        String database,
        String user,
        Map<String, String> properties,
        Duration readTimeout,
        String schema,
        long rowLimit) {
    /** How long one query may run unless told: 60 seconds. */
    public static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(60);

    /** How many rows an import takes unless told: 10,000,000. */
    public static final long DEFAULT_ROW_LIMIT = 10_000_000;

    /**
     * @throws StudioException with {@link ErrorCode#SOURCE_INVALID} that names every part that breaks its rule, also
     *     one that could carry an option or a command to a driver
     */
    public SourceSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(readTimeout, "readTimeout");
        Objects.requireNonNull(schema, "schema");
        properties = Map.copyOf(properties);
        new SpecRules(name, kind, host, port, database, user, properties, readTimeout, schema, rowLimit).check();
    }

    /** A specification to be completed. */
    public static Builder builder(SourceKind kind, String name) {
        return new Builder(kind, name);
    }

    /** This one, to be changed. */
    public Builder toBuilder() {
        Builder builder = new Builder(kind, name)
                .host(host)
                .port(port)
                .database(database)
                .user(user)
                .readTimeout(readTimeout)
                .schema(schema)
                .rowLimit(rowLimit);
        properties.forEach(builder::property);
        return builder;
    }

    /** The settings that a kind of database takes, each with what its value may be, in words. */
    public static Map<String, String> allowedProperties(SourceKind kind) {
        return SpecRules.allowedProperties(kind);
    }

    /** Completes a {@link SourceSpec}. Not thread-safe. */
    public static final class Builder {
        private final SourceKind kind;
        private final Map<String, String> properties = new HashMap<>();
        private String name;
        private String host = "";
        private int port;
        private String database = "";
        private String user = "";
        private Duration readTimeout = DEFAULT_READ_TIMEOUT;
        private String schema = "";
        private long rowLimit = DEFAULT_ROW_LIMIT;

        private Builder(SourceKind kind, String name) {
            this.kind = Objects.requireNonNull(kind, "kind");
            this.name = name;
            this.port = kind.defaultPort();
        }

        /** What people call it. */
        public Builder name(String name) {
            this.name = name;
            return this;
        }

        /** Name or address of the server. */
        public Builder host(String host) {
            this.host = host;
            return this;
        }

        /** Its port; {@link SourceKind#defaultPort()} unless told. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** The database's name, file, or name given by the host program. */
        public Builder database(String database) {
            this.database = database;
            return this;
        }

        /** Whom to sign in as. */
        public Builder user(String user) {
            this.user = user;
            return this;
        }

        /** A setting of the driver, one of {@link SourceSpec#allowedProperties(SourceKind)}. */
        public Builder property(String name, String value) {
            properties.put(name, value);
            return this;
        }

        /** How long one query may run; {@link SourceSpec#DEFAULT_READ_TIMEOUT} unless told. */
        public Builder readTimeout(Duration readTimeout) {
            this.readTimeout = readTimeout;
            return this;
        }

        /** The one schema to look at. */
        public Builder schema(String schema) {
            this.schema = schema;
            return this;
        }

        /** How many rows an import takes at most; {@link SourceSpec#DEFAULT_ROW_LIMIT} unless told. */
        public Builder rowLimit(long rowLimit) {
            this.rowLimit = rowLimit;
            return this;
        }

        /**
         * The specification.
         *
         * @throws StudioException with {@link ErrorCode#SOURCE_INVALID} that names every part that breaks its rule
         */
        public SourceSpec build() {
            return new SourceSpec(name, kind, host, port, database, user, properties, readTimeout, schema, rowLimit);
        }
    }
}
