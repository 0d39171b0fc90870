package dev.datastudio.core.query;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.core.analysis.SqlDialect;
import dev.datastudio.testkit.query.QueryEngineContract;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.sqlite.SQLiteDataSource;

class SqliteQueryEngineContractTest extends QueryEngineContract {
    private @Nullable Connection watching;

    @Override
    protected String dialect() {
        return "sqlite";
    }

    private static DataSource file(Path folder) {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("orders.db"));
        return source;
    }

    @Override
    protected QueryEngine open(Path folder, Map<String, String> tables) throws SQLException {
        DataSource opened = JdbcTables.fill(file(folder));
        watching = watching == null ? opened.getConnection() : watching;
        return JdbcQueryEngine.over(opened, SqlDialect.SQLITE, "contract").readingOnly(tables.keySet());
    }

    @Override
    protected void checkUntouched() throws SQLException {
        JdbcTables.checkRows(Objects.requireNonNull(watching));
    }

    @AfterAll
    void checkTables() throws SQLException {
        try (Connection connection = Objects.requireNonNull(watching)) {
            JdbcTables.checkTables(connection);
        }
    }

    /** It tells no type of what is computed before it runs. */
    @Override
    protected ColumnType describedTruth() {
        return ColumnType.DECIMAL;
    }
}
