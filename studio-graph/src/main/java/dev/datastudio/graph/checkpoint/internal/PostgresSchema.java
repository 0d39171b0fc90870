package dev.datastudio.graph.checkpoint.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The tables in PostgreSQL, in the schema that the connection's search path begins with. */
final class PostgresSchema {
    static final int VERSION = 1;

    /** Held by whoever makes the tables: two that begin at once would trip over each other. */
    private static final long ADVISORY_LOCK = 0x5374_7564_696f_0001L;

    /** The row of a thread is changed by every append, within its page while there is room. */
    private static final List<String> TABLES = List.of(
            "CREATE TABLE IF NOT EXISTS graph_schema (version integer NOT NULL)",
            "CREATE TABLE IF NOT EXISTS graph_thread ("
                    + "id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tenant text COLLATE \"C\" NOT NULL,"
                    + " thread text COLLATE \"C\" NOT NULL, head bigint NOT NULL, epoch bigint NOT NULL,"
                    + " status text NOT NULL, owner text NOT NULL, lease_until bigint NOT NULL, graph text NOT NULL,"
                    + " graph_version integer NOT NULL, updated_at bigint NOT NULL, UNIQUE (tenant, thread))"
                    + " WITH (fillfactor = 70)",
            "CREATE TABLE IF NOT EXISTS graph_entry ("
                    + "place bigint PRIMARY KEY, kind smallint NOT NULL, body bytea NOT NULL, mac bytea NOT NULL)",
            "INSERT INTO graph_schema (version) SELECT " + VERSION + " WHERE NOT EXISTS (SELECT 1 FROM graph_schema)");

    private PostgresSchema() {}

    /** 0 when there are no tables yet. */
    static int versionOf(SqlSession session) throws SQLException {
        try (ResultSet rows = session.prepare("SELECT to_regclass('graph_schema') IS NOT NULL")
                .executeQuery()) {
            if (!rows.next() || !rows.getBoolean(1)) {
                return 0;
            }
        }
        try (ResultSet rows =
                session.prepare("SELECT version FROM graph_schema").executeQuery()) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    /** Makes the tables, unless another process just did. */
    static void create(SqlSession session) throws SQLException {
        session.prepare("SELECT pg_advisory_xact_lock(" + ADVISORY_LOCK + ")").execute();
        for (String statement : TABLES) {
            session.prepare(statement).execute();
        }
    }

    /** Whether the server would answer before a commit is on its disk. */
    static boolean commitsEarly(SqlSession session) throws SQLException {
        try (ResultSet rows = session.prepare("SHOW synchronous_commit").executeQuery()) {
            return rows.next() && rows.getString(1).equals("off");
        }
    }
}
