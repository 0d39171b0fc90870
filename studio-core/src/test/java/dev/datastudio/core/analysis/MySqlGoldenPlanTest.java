package dev.datastudio.core.analysis;

import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.core.query.JdbcQueryEngine;
import dev.datastudio.core.query.MySqlServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.testcontainers.junit.jupiter.Testcontainers;

@Tag("docker")
@Testcontainers(disabledWithoutDocker = true)
class MySqlGoldenPlanTest extends GoldenPlanContract {
    @Override
    QueryEngine open(Path folder) throws SQLException {
        DataSource database = MySqlServers.newDatabase();
        try (Connection connection = database.getConnection()) {
            GoldenTables.write(
                    connection,
                    SqlDialect.MYSQL,
                    GoldenTables.SALES,
                    GoldenTables.SALES_COLUMNS,
                    GoldenTables.SALES_ROWS);
            GoldenTables.write(
                    connection,
                    SqlDialect.MYSQL,
                    GoldenTables.STAFF,
                    GoldenTables.STAFF_COLUMNS,
                    GoldenTables.STAFF_ROWS);
        }
        return JdbcQueryEngine.over(database, SqlDialect.MYSQL, "golden")
                .readingOnly(List.of(GoldenTables.SALES, GoldenTables.STAFF));
    }

    @Override
    Set<String> unsaid() {
        return Set.of(
                "row-number",
                "number-in-text",
                "customers-median",
                "skewness-of-all",
                "skewness-by-region",
                "kurtosis-of-all",
                "kurtosis-by-region",
                "mode-of-all",
                "mode-by-region");
    }
}
