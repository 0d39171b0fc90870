package dev.datastudio.rag.index;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** A database for the tests of a class, emptied between them, since its tables take longer to make than to empty. */
final class PostgresTables implements AutoCloseable {
    private final HikariDataSource pool;

    PostgresTables(DataSource database) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database);
        config.setMaximumPoolSize(6);
        pool = new HikariDataSource(config);
    }

    DataSource pool() {
        return pool;
    }

    /** Takes away every index; there must be tables. */
    void empty() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE studio_search.search_index CASCADE");
            for (String table : vectors(statement)) {
                statement.execute("DROP TABLE studio_search." + table);
            }
        }
    }

    static List<String> vectors(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SELECT tablename FROM pg_tables"
                + " WHERE schemaname = 'studio_search' AND tablename LIKE 'vector\\_%'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    @Override
    public void close() {
        pool.close();
    }
}
