package dev.datastudio.core.analysis;

import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.core.query.DuckDbQueryEngine;
import dev.datastudio.core.query.DuckDbTable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

class DuckDbGoldenPlanTest extends GoldenPlanContract {
    @Override
    QueryEngine open(Path folder) throws SQLException {
        List<DuckDbTable> tables = new ArrayList<>();
        for (String table : List.of(GoldenTables.SALES, GoldenTables.STAFF)) {
            Path file = folder.resolve(table + ".duckdb");
            boolean sales = table.equals(GoldenTables.SALES);
            try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file)) {
                GoldenTables.write(
                        connection,
                        SqlDialect.DUCKDB,
                        "data",
                        sales ? GoldenTables.SALES_COLUMNS : GoldenTables.STAFF_COLUMNS,
                        sales ? GoldenTables.SALES_ROWS : GoldenTables.STAFF_ROWS);
            }
            tables.add(new DuckDbTable(table, file));
        }
        return DuckDbQueryEngine.open(tables);
    }

    @Override
    Set<String> unsaid() {
        return Set.of();
    }
}
