package dev.datastudio.core.analysis;

import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.core.query.MySqlServers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.testcontainers.junit.jupiter.Testcontainers;

@Tag("docker")
@Testcontainers(disabledWithoutDocker = true)
class MySqlGoldenPlanTest extends GoldenPlanContract {
    @Override
    QueryEngine open(Path folder) throws SQLException {
        return GoldenTables.engine(MySqlServers.newDatabase(), SqlDialect.MYSQL);
    }

    @Override
    Set<String> unsaid() {
        return OF_MYSQL;
    }
}
