package dev.datastudio.core.analysis;

import dev.datastudio.api.query.QueryEngine;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteDataSource;

class SqliteGoldenPlanTest extends GoldenPlanContract {
    @Override
    QueryEngine open(Path folder) throws SQLException {
        SQLiteDataSource database = new SQLiteDataSource();
        database.setUrl("jdbc:sqlite:" + folder.resolve("golden.db"));
        return GoldenTables.engine(database, SqlDialect.SQLITE);
    }

    @Override
    Set<String> unsaid() {
        return OF_DUCKDB_AND_POSTGRESQL;
    }
}
