package dev.datastudio.graph.checkpoint.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The tables in SQLite. Their version has a table of its own, as the file may hold others' tables too. */
final class SqliteSchema {
    static final int VERSION = 1;

    private static final String FIND_TABLE = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?";

    /** AUTOINCREMENT: the id of a deleted thread must never be given to another one. */
    private static final List<String> TABLES = List.of(
            "CREATE TABLE graph_schema (version INTEGER NOT NULL)",
            "CREATE TABLE graph_thread ("
                    + "id INTEGER PRIMARY KEY AUTOINCREMENT, tenant TEXT NOT NULL, thread TEXT NOT NULL,"
                    + " head INTEGER NOT NULL, epoch INTEGER NOT NULL, status TEXT NOT NULL, owner TEXT NOT NULL,"
                    + " lease_until INTEGER NOT NULL, graph TEXT NOT NULL, graph_version INTEGER NOT NULL,"
                    + " updated_at INTEGER NOT NULL, UNIQUE (tenant, thread))",
            "CREATE TABLE graph_entry ("
                    + "place INTEGER PRIMARY KEY, kind INTEGER NOT NULL, body BLOB NOT NULL, mac BLOB NOT NULL)",
            "INSERT INTO graph_schema (version) VALUES (" + VERSION + ")");

    private SqliteSchema() {}

    /** 0 when there are no tables yet. */
    static int versionOf(StatementCache session) throws SQLException {
        if (!hasTable(session, "graph_schema")) {
            return 0;
        }
        try (ResultSet rows =
                session.prepare("SELECT version FROM graph_schema").executeQuery()) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    private static boolean hasTable(StatementCache session, String name) throws SQLException {
        session.prepare(FIND_TABLE).setString(1, name);
        try (ResultSet rows = session.prepare(FIND_TABLE).executeQuery()) {
            return rows.next();
        }
    }

    static void create(StatementCache session) throws SQLException {
        for (String statement : TABLES) {
            session.execute(statement);
        }
    }

    static boolean hasEntries(StatementCache session) throws SQLException {
        try (ResultSet rows =
                session.prepare("SELECT 1 FROM graph_entry LIMIT 1").executeQuery()) {
            return rows.next();
        }
    }
}
