package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.StudioException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a data set one after the other. Not thread-safe. */
public final class RowReader extends Spliterators.AbstractSpliterator<@Nullable Object[]> implements AutoCloseable {
    private final Path file;
    private final List<Column> columns;
    private final Connection connection;
    private final Statement statement;
    private final ResultSet rows;

    private RowReader(Path file, List<Column> columns, long rowCount) throws SQLException {
        super(rowCount, Spliterator.ORDERED | Spliterator.SIZED);
        this.file = file;
        this.columns = columns;
        this.connection = DuckDb.open();
        try {
            this.statement = connection.createStatement();
            statement.execute("SET threads = 1");
            statement.execute("ATTACH " + Sql.text(file.toString()) + " AS target (READ_ONLY)");
            String names = columns.stream().map(c -> Sql.name(c.name())).collect(Collectors.joining(", "));
            this.rows = statement.executeQuery("SELECT " + names + " FROM " + TableFile.TABLE);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** The rows in the order of the file; the stream must be closed. */
    public static Stream<@Nullable Object[]> stream(Path file, Dataset dataset) {
        try {
            RowReader reader = new RowReader(file, dataset.columns(), dataset.rowCount());
            return StreamSupport.stream(reader, false).onClose(reader::close);
        } catch (SQLException e) {
            throw failed(file, e);
        }
    }

    /** The first rows, as lists; null where a value is missing. */
    static List<List<@Nullable Object>> first(Path file, List<Column> columns, long rowCount, int limit) {
        try (RowReader reader = new RowReader(file, columns, rowCount)) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            boolean isMore = true;
            while (isMore && rows.size() < limit) {
                isMore = reader.tryAdvance(row -> rows.add(Collections.unmodifiableList(Arrays.asList(row))));
            }
            return rows;
        } catch (SQLException e) {
            throw failed(file, e);
        }
    }

    /** The same by column name, in the order of the columns. */
    public static Stream<Map<String, @Nullable Object>> maps(Path file, Dataset dataset) {
        List<Column> columns = dataset.columns();
        return stream(file, dataset).map(values -> {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            for (int i = 0; i < values.length; i++) {
                row.put(columns.get(i).name(), values[i]);
            }
            return row;
        });
    }

    @Override
    public boolean tryAdvance(Consumer<? super @Nullable Object[]> action) {
        @Nullable Object[] row;
        try {
            if (!rows.next()) {
                return false;
            }
            row = new Object[columns.size()];
            for (int i = 0; i < row.length; i++) {
                row[i] = value(i);
            }
        } catch (SQLException e) {
            throw failed(file, e);
        }
        action.accept(row);
        return true;
    }

    private @Nullable Object value(int index) throws SQLException {
        int column = index + 1;
        ColumnType type = columns.get(index).type();
        Object value = switch (type) {
            case BOOLEAN -> rows.getBoolean(column);
            case INTEGER -> rows.getLong(column);
            case DECIMAL -> rows.getObject(column);
            case DATE -> rows.getObject(column, LocalDate.class);
            case TIMESTAMP -> rows.getObject(column, LocalDateTime.class);
            case TIME -> rows.getObject(column, LocalTime.class);
            case TEXT, OTHER -> rows.getString(column);
        };
        return rows.wasNull() ? null : value;
    }

    private static StudioException failed(Path file, SQLException cause) {
        return DuckDb.failed("The rows of " + StudioException.quote(file) + " could not be read", file, cause);
    }

    @Override
    public void close() {
        try (connection;
                statement) {
            rows.close();
        } catch (SQLException e) {
            throw failed(file, e);
        }
    }
}
