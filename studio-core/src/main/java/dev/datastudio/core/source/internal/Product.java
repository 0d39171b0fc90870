package dev.datastudio.core.source.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** Which database answers at the other end, as far as it matters here. */
enum Product {
    POSTGRESQL,
    MARIADB,
    MYSQL,
    SQLITE,
    SQLSERVER,
    DUCKDB,
    OTHER;

    static Product of(Connection connection) throws SQLException {
        String name = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
        if (name.contains("postgres")) {
            return POSTGRESQL;
        } else if (name.contains("mariadb")) {
            return MARIADB;
        } else if (name.contains("mysql")) {
            return MYSQL;
        } else if (name.contains("sqlite")) {
            return SQLITE;
        } else if (name.contains("microsoft")) {
            return SQLSERVER;
        }
        return name.contains("duckdb") ? DUCKDB : OTHER;
    }

    /** A name so that it is nothing but a name. */
    String quote(String name) {
        return switch (this) {
            case MARIADB, MYSQL -> "`" + name.replace("`", "``") + "`";
            case SQLSERVER -> "[" + name.replace("]", "]]") + "]";
            default -> '"' + name.replace("\"", "\"\"") + '"';
        };
    }

    /** A SELECT that gives at most so many rows. */
    String limited(String columns, String table, long rows) {
        return this == SQLSERVER
                ? "SELECT TOP (" + rows + ") " + columns + " FROM " + table
                : this == OTHER
                        ? "SELECT " + columns + " FROM " + table
                        : "SELECT " + columns + " FROM " + table + " LIMIT " + rows;
    }
}
