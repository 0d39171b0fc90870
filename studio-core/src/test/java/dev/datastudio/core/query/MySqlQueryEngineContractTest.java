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
import org.junit.jupiter.api.Tag;
import org.testcontainers.junit.jupiter.Testcontainers;

@Tag("docker")
@Testcontainers(disabledWithoutDocker = true)
class MySqlQueryEngineContractTest extends QueryEngineContract {
    private @Nullable Connection watching;

    @Override
    protected String dialect() {
        return "mysql";
    }

    /** Recursion ends after a thousand rounds here. */
    @Override
    protected String endless() {
        return "SELECT count(*) FROM orders a, orders b, orders c, orders d, orders e, orders f, orders g, orders h,"
                + " orders i, orders j, orders k, orders l, orders m, orders n WHERE a.id * n.id > m.id";
    }

    @Override
    protected QueryEngine open(Path folder, Map<String, String> tables) throws SQLException {
        DataSource opened = JdbcTables.fill(MySqlServers.newDatabase());
        watching = watching == null ? opened.getConnection() : watching;
        return JdbcQueryEngine.over(opened, SqlDialect.MYSQL, "contract").readingOnly(tables.keySet());
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

    /** It has no type of its own for truth. */
    @Override
    protected ColumnType describedTruth() {
        return ColumnType.INTEGER;
    }
}
