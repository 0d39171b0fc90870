package dev.datastudio.core.analysis;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.query.JdbcQueryEngine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The rows that the golden plans are asked over, with all that engines are known to treat differently. */
final class GoldenTables {
    static final String SALES = "sales";
    static final String STAFF = "staff";

    static final List<Column> SALES_COLUMNS = List.of(
            column("id", ColumnType.INTEGER),
            column("Region", ColumnType.TEXT),
            column("order", ColumnType.TEXT),
            column("it's \"net\"", ColumnType.DECIMAL),
            column("Day", ColumnType.DATE),
            column("At", ColumnType.TIMESTAMP),
            column("Paid", ColumnType.BOOLEAN),
            column("Units", ColumnType.INTEGER));

    static final List<Column> STAFF_COLUMNS =
            List.of(column("Region", ColumnType.TEXT), column("group", ColumnType.TEXT));

    static final List<List<@Nullable Object>> SALES_ROWS = List.of(
            row(1, "West", "chair", 10.5, "2024-01-01", "2024-01-01T00:00:00", true, 2),
            row(2, "West", "Desk", 30.25, "2024-01-31", "2024-01-31T23:59:59", false, 1),
            row(3, "East", "chair", -20.0, "2024-02-29", "2024-02-29T12:30:15", true, 4),
            row(4, "East", "Desk", null, "2024-02-05", "2024-02-05T06:00:00", true, 3),
            row(5, "east", "Größe 😀", 5.0, "2024-03-31", "2024-03-31T01:59:00", null, 1),
            row(6, null, "lamp", 15.75, "2023-12-31", "2023-12-31T23:00:00", false, 5),
            row(7, "North", "it's \"it\"", 25.0, null, null, true, 2),
            row(8, "North", "100%_!\\", 25.0, "2024-03-01", "2024-03-01T10:00:00", false, -7),
            row(9, "", "chair", 0.1, "2024-12-30", "2024-12-30T10:10:10", true, 0),
            row(10, "Ünye", null, 0.2, "2021-01-03", "2021-01-03T10:10:59", true, 2),
            row(11, "West", "Desk", 1000.0, "2024-01-15", "2024-01-15T10:59:59", false, 6),
            row(12, "North", "chair", 12.5, "2024-03-15", "2024-03-15T08:00:00", true, 4),
            row(12, "North", "chair", 12.5, "2024-03-15", "2024-03-15T08:00:00", true, 4));

    static final List<List<@Nullable Object>> STAFF_ROWS =
            List.of(row("West", "Ann"), row("East", "Bob"), row("North", "Çelik"), row("east", "Eve"));

    private GoldenTables() {}

    private static Column column(String name, ColumnType type) {
        ColumnRole role =
                type.isNumeric() ? ColumnRole.MEASURE : type.isTemporal() ? ColumnRole.TIME : ColumnRole.DIMENSION;
        return new Column(name, type, role, "", 5, 1);
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        @Nullable Object[] typed = values.clone();
        for (int i = 0; i < typed.length; i++) {
            if (i == 4 && typed[i] instanceof String day) {
                typed[i] = LocalDate.parse(day);
            } else if (i == 5 && typed[i] instanceof String time) {
                typed[i] = LocalDateTime.parse(time);
            }
        }
        return Collections.unmodifiableList(Arrays.asList(typed));
    }

    static List<Dataset> datasets() {
        return List.of(
                dataset(SALES, SALES_COLUMNS, SALES_ROWS.size()), dataset(STAFF, STAFF_COLUMNS, STAFF_ROWS.size()));
    }

    private static Dataset dataset(String table, List<Column> columns, int rows) {
        return new Dataset(
                DatasetId.random(),
                Caller.LOCAL,
                table + ".csv",
                1,
                Origin.UNKNOWN,
                table,
                "0".repeat(64),
                rows,
                columns,
                List.of(),
                Instant.EPOCH,
                "local/local/uploads/1");
    }

    /** Both tables in a database, and an engine that reads nothing else there. */
    static QueryEngine engine(DataSource database, SqlDialect dialect) throws SQLException {
        try (Connection connection = database.getConnection()) {
            write(connection, dialect, SALES, SALES_COLUMNS, SALES_ROWS);
            write(connection, dialect, STAFF, STAFF_COLUMNS, STAFF_ROWS);
        }
        return JdbcQueryEngine.over(database, dialect, "golden").readingOnly(List.of(SALES, STAFF));
    }

    /** Makes a table and fills it. */
    static void write(
            Connection connection,
            SqlDialect dialect,
            String table,
            List<Column> columns,
            List<List<@Nullable Object>> rows)
            throws SQLException {
        String list = columns.stream()
                .map(c -> quoted(dialect, c.name()) + " " + type(dialect, c.type()))
                .collect(Collectors.joining(", "));
        String marks = columns.stream().map(c -> "?").collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + quoted(dialect, table) + " (" + list + ")");
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + quoted(dialect, table) + " VALUES (" + marks + ")")) {
            for (List<@Nullable Object> row : rows) {
                for (int i = 0; i < row.size(); i++) {
                    insert.setObject(i + 1, stored(dialect, row.get(i)));
                }
                insert.executeUpdate();
            }
        }
    }

    private static @Nullable Object stored(SqlDialect dialect, @Nullable Object value) {
        if (dialect == SqlDialect.SQLITE && value instanceof LocalDateTime time) {
            return Objects.requireNonNull(java.time.format.DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss")
                    .format(time));
        } else if (dialect == SqlDialect.SQLITE && value instanceof LocalDate day) {
            return day.toString();
        }
        return value;
    }

    private static String quoted(SqlDialect dialect, String name) {
        return dialect == SqlDialect.MYSQL ? "`" + name + "`" : "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static String type(SqlDialect dialect, ColumnType type) {
        return switch (type) {
            case INTEGER -> "INTEGER";
            case DECIMAL -> "DOUBLE PRECISION";
            case DATE -> "DATE";
            case TIMESTAMP -> dialect == SqlDialect.MYSQL ? "DATETIME" : "TIMESTAMP";
            case BOOLEAN -> "BOOLEAN";
            default -> "VARCHAR(40)";
        };
    }
}
