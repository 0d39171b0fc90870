package dev.datastudio.core.source;

import dev.datastudio.api.dataset.ColumnType;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;

class DuckDbSourceTest extends SourceContract {
    @Override
    Connection admin() throws SQLException {
        return DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("shop.duckdb"));
    }

    @Override
    SourceSpec spec() {
        return SourceSpec.builder(SourceKind.DUCKDB, "Shop")
                .database("shop.duckdb")
                .build();
    }

    @Override
    List<Path> fileFolders() {
        return List.of(folder);
    }

    @Override
    String schema() {
        return "main";
    }

    @Override
    List<String> everything() {
        return List.of(
                "CREATE TABLE everything (i BIGINT, h HUGEINT, ub UBIGINT, n DECIMAL(18,3), f DOUBLE, b BOOLEAN, d DATE,"
                        + " t TIME, ts TIMESTAMP, tz TIMESTAMPTZ, u UUID, l INTEGER[], s STRUCT(a INTEGER),"
                        + " e ENUM ('x', 'y'), raw BLOB)",
                "INSERT INTO everything VALUES (9007199254740993, 170141183460469231731687303715884105, 18446744073709551615,"
                        + " 123456789012345.678, 2.5, true, '2024-02-29', '23:59:58.5', '2024-03-31 02:30:00.123456',"
                        + " '2024-03-31 02:30:00+02', '123e4567-e89b-12d3-a456-426614174000', [1, 2], {'a': 1}, 'x',"
                        + " '\\xAA'::BLOB)",
                "INSERT INTO everything (i) VALUES (NULL)");
    }

    @Override
    Map<String, Expected> expected() {
        return Map.ofEntries(
                Map.entry("i", new Expected(ColumnType.INTEGER, 9007199254740993L)),
                Map.entry(
                        "h", new Expected(ColumnType.DECIMAL, new BigDecimal("170141183460469231731687303715884105"))),
                Map.entry("ub", new Expected(ColumnType.DECIMAL, new BigDecimal("18446744073709551615"))),
                Map.entry("n", new Expected(ColumnType.DECIMAL, new BigDecimal("123456789012345.678"))),
                Map.entry("f", new Expected(ColumnType.DECIMAL, 2.5)),
                Map.entry("b", new Expected(ColumnType.BOOLEAN, true)),
                Map.entry("d", new Expected(ColumnType.DATE, LocalDate.of(2024, 2, 29))),
                Map.entry("t", new Expected(ColumnType.TIME, LocalTime.of(23, 59, 58, 500_000_000))),
                Map.entry(
                        "ts", new Expected(ColumnType.TIMESTAMP, LocalDateTime.of(2024, 3, 31, 2, 30, 0, 123_456_000))),
                Map.entry("tz", new Expected(ColumnType.TIMESTAMP, LocalDateTime.of(2024, 3, 31, 0, 30))),
                Map.entry("u", new Expected(ColumnType.TEXT, "123e4567-e89b-12d3-a456-426614174000")),
                Map.entry("l", new Expected(ColumnType.OTHER, "[1, 2]")),
                Map.entry("s", new Expected(ColumnType.OTHER, "{'a': 1}")),
                Map.entry("e", new Expected(ColumnType.TEXT, "x")));
    }

    @Override
    String fillMany(int count) {
        return "INSERT INTO many SELECT i, 'row ' || i FROM range(" + count + ") r (i)";
    }
}
