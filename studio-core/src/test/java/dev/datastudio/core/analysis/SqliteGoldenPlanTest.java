package dev.datastudio.core.analysis;

import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.core.query.JdbcQueryEngine;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.sqlite.SQLiteDataSource;

class SqliteGoldenPlanTest extends GoldenPlanContract {
    @Override
    QueryEngine open(Path folder) throws SQLException {
        SQLiteDataSource database = new SQLiteDataSource();
        database.setUrl("jdbc:sqlite:" + folder.resolve("golden.db"));
        try (Connection connection = database.getConnection()) {
            GoldenTables.write(
                    connection,
                    SqlDialect.SQLITE,
                    GoldenTables.SALES,
                    GoldenTables.SALES_COLUMNS,
                    GoldenTables.SALES_ROWS);
            GoldenTables.write(
                    connection,
                    SqlDialect.SQLITE,
                    GoldenTables.STAFF,
                    GoldenTables.STAFF_COLUMNS,
                    GoldenTables.STAFF_ROWS);
        }
        return JdbcQueryEngine.over(database, SqlDialect.SQLITE, "golden")
                .readingOnly(List.of(GoldenTables.SALES, GoldenTables.STAFF));
    }

    @Override
    Set<String> unsaid() {
        return Set.of(
                "row-number",
                "number-in-text",
                "skewness-of-all",
                "skewness-by-region",
                "kurtosis-of-all",
                "kurtosis-by-region",
                "population-skewness-of-all",
                "population-skewness-by-region",
                "population-kurtosis-of-all",
                "population-kurtosis-by-region",
                "mode-of-all",
                "mode-by-region");
    }
}
