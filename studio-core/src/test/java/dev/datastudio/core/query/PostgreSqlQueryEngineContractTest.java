package dev.datastudio.core.query;

import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.core.analysis.SqlDialect;
import dev.datastudio.testkit.query.QueryEngineContract;
import dev.datastudio.testkit.server.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

class PostgreSqlQueryEngineContractTest extends QueryEngineContract {
    private @Nullable Connection watching;

    @Override
    protected String dialect() {
        return "postgresql";
    }

    @Override
    protected QueryEngine open(Path folder, Map<String, String> tables) throws SQLException {
        DataSource opened = JdbcTables.fill(PostgresServer.require().newDatabase());
        watching = watching == null ? opened.getConnection() : watching;
        return JdbcQueryEngine.over(opened, SqlDialect.POSTGRESQL, "contract").readingOnly(tables.keySet());
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
}
