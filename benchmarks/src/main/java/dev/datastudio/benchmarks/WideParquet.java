package dev.datastudio.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;

/** Seeded Parquet files of numbers, texts, times and missing values, made by DuckDB itself. */
final class WideParquet {
    private static final String[] COLUMNS = {
        "i AS id",
        "DATE '2020-01-01' + (hash(i, 1) % 1461)::INT AS day",
        "['North', 'South', 'East', 'West', 'Central'][(1 + hash(i, 2) % 5)::BIGINT] AS region",
        "'customer ' || hash(i, 3) % 50000 AS customer",
        "round(exp(hash(i, 4) % 1000000 / 1e6 * 6), 2) AS amount",
        "(hash(i, 5) % 9 + 1)::BIGINT AS quantity",
        "CASE WHEN hash(i, 6) % 5 > 0 THEN hash(i, 7) % 1000000 / 1e4 END AS score",
        "hash(i, 8) % 10 < 3 AS returned",
        "hash(i, 9)::DOUBLE AS noise",
        "md5(i::VARCHAR) AS token",
        "TIMESTAMP '2020-01-01' + INTERVAL 1 SECOND * (hash(i, 10) % 100000000)::BIGINT AS moment",
        "CASE WHEN hash(i, 11) % 2 = 0 THEN 'code ' || hash(i, 12) % 20 END AS code",
        "(hash(i, 13) % 100000)::BIGINT AS zip",
        "(hash(i, 14) % 1000)::BIGINT AS store",
        "hash(i, 15) % 1000000 / 1e6 AS ratio",
        "hash(i, 16) % 1000000 / 1e6 - 0.5 AS change",
        "(hash(i, 17) % 1000000 / 1e6) * (hash(i, 18) % 1000000 / 1e6) AS product",
        "round(hash(i, 19) % 10000 / 100, 2) AS price",
        "['Desk', 'Chair', 'Lamp', 'Shelf', 'Screen', 'Cable'][(1 + hash(i, 20) % 6)::BIGINT] AS item",
        "(hash(i, 21) % 1000000 / 1e6) * 1e6 AS weight"
    };

    private WideParquet() {}

    /** Writes a file of so many rows and, at most 20, columns. */
    static Path write(Path file, int rows, int columns) throws Exception {
        String list = String.join(", ", Arrays.asList(COLUMNS).subList(0, columns));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET memory_limit = '1GB'");
            statement.execute(
                    "COPY (SELECT " + list + " FROM range(" + rows + ") AS t(i)) TO '" + file + "' (FORMAT parquet)");
        }
        return file;
    }
}
