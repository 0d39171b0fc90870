package dev.datastudio.app.source;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.source.Source;
import dev.datastudio.core.source.SourceCheck;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSpec;
import dev.datastudio.core.source.SourceTable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What clients send and see of databases. */
final class SourceViews {
    private static final String ALLOWING =
            "Move it into a folder that is allowed, or have whoever runs Studio allow its"
                    + " folder: 'studio serve --source-folder FOLDER', or studio.sources.file-folders";

    private SourceViews() {}

    /** What kind of database a source is. */
    @Schema(name = "SourceKind")
    enum Kind {
        @JsonProperty("postgresql")
        POSTGRESQL(SourceKind.POSTGRESQL),
        @JsonProperty("mysql")
        MYSQL(SourceKind.MYSQL),
        /** Reached as MySQL is; sources of this kind read {@code mysql} afterwards. */
        @JsonProperty("mariadb")
        MARIADB(SourceKind.MYSQL),
        @JsonProperty("sqlserver")
        SQLSERVER(SourceKind.SQLSERVER),
        @JsonProperty("sqlite")
        SQLITE(SourceKind.SQLITE),
        @JsonProperty("duckdb")
        DUCKDB(SourceKind.DUCKDB),
        /** A database that the host program registered under a name. */
        @JsonProperty("host")
        HOST(SourceKind.HOST);

        private final SourceKind kind;

        Kind(SourceKind kind) {
            this.kind = kind;
        }

        static Kind of(SourceKind kind) {
            return switch (kind) {
                case POSTGRESQL -> POSTGRESQL;
                case MYSQL -> MYSQL;
                case SQLSERVER -> SQLSERVER;
                case SQLITE -> SQLITE;
                case DUCKDB -> DUCKDB;
                case HOST -> HOST;
            };
        }
    }

    /**
     * How a database is reached: parts that are checked one by one, never a URL.
     *
     * @param name what people call it
     * @param kind what kind of database it is
     * @param host name or address of the server; nothing for a file
     * @param port nothing for the usual one
     * @param database its name, or the path of its file
     * @param user whom to sign in as
     * @param password never given out again; on a change nothing keeps the one that is there
     * @param schema the one schema to look at; nothing for all
     * @param properties settings of the driver, each of a short list; on a change nothing keeps those that are there
     */
    @Schema(name = "SourceRequest")
    record SourceRequest(
            String name,
            Kind kind,
            Optional<String> host,
            Optional<Integer> port,
            Optional<String> database,
            Optional<String> user,

            @Schema(accessMode = Schema.AccessMode.WRITE_ONLY)
            Optional<String> password,

            Optional<String> schema,
            Optional<Map<String, String>> properties) {

        SourceSpec spec() {
            return building().build();
        }

        /** As {@link #spec()}, with what a request does not tell as it was before. */
        SourceSpec spec(SourceSpec before) {
            SourceSpec.Builder spec =
                    building().readTimeout(before.readTimeout()).rowLimit(before.rowLimit());
            if (properties.isEmpty() && kind.kind == before.kind()) {
                before.properties().forEach(spec::property);
            }
            return spec.build();
        }

        private SourceSpec.Builder building() {
            if (name == null || kind == null) {
                throw new StudioException(
                        ErrorCode.SOURCE_INVALID,
                        "A source needs a name and a kind",
                        "Send both, and how it is reached");
            }
            SourceSpec.Builder spec = SourceSpec.builder(kind.kind, name)
                    .host(host.orElse(""))
                    .database(database.orElse(""))
                    .user(user.orElse(""))
                    .schema(schema.orElse(""));
            port.ifPresent(spec::port);
            properties.orElse(Map.of()).forEach(spec::property);
            return spec;
        }

        Secret secret() {
            return Secret.of(password.orElse(""));
        }

        /** No password in a log. */
        @Override
        public String toString() {
            return "SourceRequest[" + name + "]";
        }
    }

    /**
     * A database that the organisation connected.
     *
     * @param id names it
     * @param name what people call it
     * @param kind what kind of database it is
     * @param host name or address of the server; empty for a file
     * @param port 0 for a file
     * @param database its name, or the path of its file
     * @param user whom to sign in as
     * @param schema the one schema to look at; empty for all
     * @param createdAt when it was made
     * @param revision what a change names as If-Match
     */
    @Schema(name = "Source")
    record SourceView(
            String id,
            String name,
            Kind kind,
            String host,
            int port,
            String database,
            String user,
            String schema,
            Instant createdAt,
            long revision) {
        static SourceView of(Source source) {
            SourceSpec spec = source.spec();
            return new SourceView(
                    source.id().toString(),
                    source.name(),
                    Kind.of(source.kind()),
                    spec.host(),
                    spec.port(),
                    spec.database(),
                    spec.user(),
                    spec.schema(),
                    source.createdAt(),
                    source.revision());
        }
    }

    /**
     * What a test of a connection found.
     *
     * @param ok whether it could be connected
     * @param millis how long that took
     * @param message the product and its version, or why it can't be connected
     * @param readOnly whether the user may only read, as advised; nothing when the database does not say
     * @param advice what should be changed, whole sentences
     * @param mend what to do when it can't be connected; empty when it can
     */
    @Schema(name = "SourceCheck")
    record CheckView(
            boolean ok, long millis, String message, Optional<Boolean> readOnly, List<String> advice, String mend) {
        static CheckView of(SourceCheck check) {
            Optional<Boolean> readOnly = check.rights() == SourceCheck.Rights.UNKNOWN
                    ? Optional.empty()
                    : Optional.of(check.rights() == SourceCheck.Rights.READ_ONLY);
            return new CheckView(true, check.took().toMillis(), check.product(), readOnly, check.advice(), "");
        }

        static CheckView of(StudioException failure, long millis) {
            String mend = failure.code() == ErrorCode.PATH_REFUSED ? ALLOWING : failure.mend();
            return new CheckView(false, millis, failure.what(), Optional.empty(), List.of(), mend);
        }
    }

    /**
     * A table or view of a database.
     *
     * @param schema the schema that it is in; empty where the database has none
     * @param name its name there
     * @param kind whether it is a table or a view
     * @param comment what its owners wrote about it
     * @param rows how many rows the catalogue believes it has; nothing when it does not say
     * @param columns in order
     * @param documentation what a load found out about it; empty before
     */
    @Schema(name = "SourceTable")
    record SourceTableView(
            String schema,
            String name,
            SourceTable.Kind kind,
            String comment,
            Optional<Long> rows,
            List<SourceColumnView> columns,
            String documentation) {
        static SourceTableView of(SourceTable table, String documentation) {
            return new SourceTableView(
                    table.name().schema(),
                    table.name().name(),
                    table.kind(),
                    table.comment(),
                    Optional.of(table.rowEstimate()).filter(rows -> rows >= 0),
                    table.columns().stream()
                            .map(column -> new SourceColumnView(
                                    column.name(),
                                    column.type(),
                                    column.nativeType(),
                                    column.nullable(),
                                    table.primaryKey().contains(column.name()),
                                    column.comment()))
                            .toList(),
                    documentation);
        }
    }

    /**
     * A column of a table of a database.
     *
     * @param name as the catalogue spells it
     * @param type what an import makes of it
     * @param nativeType what the database calls its type
     * @param nullable whether it may hold missing values
     * @param key whether it is part of the primary key
     * @param comment what its owners wrote about it
     */
    @Schema(name = "SourceColumn")
    record SourceColumnView(
            String name, ColumnType type, String nativeType, boolean nullable, boolean key, String comment) {}

    /**
     * What is imported of a database.
     *
     * @param table the table or view, with its schema in front of a dot where there is one
     * @param sql one statement that only reads, in place of a table
     * @param name what the data set is called; nothing for the table's name
     */
    @Schema(name = "SourceImport")
    record ImportRequest(Optional<String> table, Optional<String> sql, Optional<String> name) {}
}
