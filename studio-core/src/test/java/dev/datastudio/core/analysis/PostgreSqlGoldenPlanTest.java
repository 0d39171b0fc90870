package dev.datastudio.core.analysis;

import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.testkit.server.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;

class PostgreSqlGoldenPlanTest extends GoldenPlanContract {
    @Override
    QueryEngine open(Path folder) throws SQLException {
        return GoldenTables.engine(PostgresServer.require().newDatabase(), SqlDialect.POSTGRESQL);
    }

    @Override
    Set<String> unsaid() {
        return OF_DUCKDB;
    }
}
