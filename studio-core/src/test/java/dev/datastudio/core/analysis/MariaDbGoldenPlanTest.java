package dev.datastudio.core.analysis;

import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.testkit.server.MariaDbServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;

class MariaDbGoldenPlanTest extends GoldenPlanContract {
    @Override
    QueryEngine open(Path folder) throws SQLException {
        return GoldenTables.engine(MariaDbServer.require().newDatabase(), SqlDialect.MYSQL);
    }

    @Override
    Set<String> unsaid() {
        return OF_MYSQL;
    }
}
