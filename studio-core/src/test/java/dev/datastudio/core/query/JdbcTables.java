package dev.datastudio.core.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.testkit.query.QueryEngineContract;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Makes the contract's tables in a database, and looks whether they are still as they were. */
final class JdbcTables {
    private JdbcTables() {}

    static DataSource fill(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : QueryEngineContract.SCRIPT) {
                statement.execute(sql);
            }
        }
        return database;
    }

    /** The rows that a statement could have changed. */
    static void checkRows(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet sum = statement.executeQuery(
                        "SELECT sum(id), sum(amount), count(DISTINCT region), min(secret) FROM orders, secrets")) {
            sum.next();
            assertEquals(
                    List.of(21, 130, 3, "the-canary-sings"),
                    List.of(sum.getInt(1), sum.getInt(2), sum.getInt(3), sum.getString(4)));
        }
    }

    /** The tables that a statement could have made or removed. */
    static void checkTables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet found = connection
                .getMetaData()
                .getTables(connection.getCatalog(), null, "%", new String[] {"TABLE", "VIEW", "SEQUENCE"})) {
            while (found.next()) {
                String schema = String.valueOf(found.getString("TABLE_SCHEM"));
                if (!schema.equals("sys") && !schema.equals("INFORMATION_SCHEMA")) {
                    tables.add(found.getString("TABLE_NAME"));
                }
            }
        }
        tables.removeIf(t -> t.startsWith("pg_"));
        assertEquals(
                List.of("customers", "orders", "secrets"),
                tables.stream().sorted().toList());
    }
}
