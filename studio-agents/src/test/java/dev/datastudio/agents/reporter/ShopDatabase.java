package dev.datastudio.agents.reporter;

import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.Studio;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSpec;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/** A small database of customers and their orders, as a file of SQLite or DuckDB, or as statements for a server. */
final class ShopDatabase {
    /** Makes the tables and fills them, in words that every dialect here knows. */
    static final List<String> STATEMENTS = List.of(
            "CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR(40), country VARCHAR(40))",
            "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers (id),"
                    + " day VARCHAR(10), total INTEGER)",
            "CREATE TABLE couriers (id INTEGER PRIMARY KEY, plate VARCHAR(10))",
            "INSERT INTO customers VALUES (1, 'Ada', 'Germany'), (2, 'Ben', 'France'), (3, 'Cleo', 'Germany')",
            "INSERT INTO orders VALUES (1, 1, '2024-01-05', 10), (2, 1, '2024-02-06', 20), (3, 2, '2024-02-07', 40),"
                    + " (4, 3, '2024-03-08', 80)");

    private ShopDatabase() {}

    /** Fills a database over JDBC. */
    static void fill(Connection connection) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            for (String sql : STATEMENTS) {
                statement.execute(sql);
            }
        }
    }

    /** A file as a source of a studio. */
    static SourceId file(Studio studio, SourceKind kind, Path folder) throws SQLException {
        Path file = folder.resolve("shop." + kind.name().toLowerCase(Locale.ROOT));
        String driver = kind == SourceKind.SQLITE ? "jdbc:sqlite:" : "jdbc:duckdb:";
        fill(DriverManager.getConnection(driver + file));
        return studio.sources()
                .create(
                        SourceSpec.builder(kind, "shop")
                                .database(file.toString())
                                .build(),
                        Secret.of(""))
                .id();
    }
}
