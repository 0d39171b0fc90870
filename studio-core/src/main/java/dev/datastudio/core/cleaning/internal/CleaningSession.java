package dev.datastudio.core.cleaning.internal;

import static dev.datastudio.api.error.StudioException.quote;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.cleaning.CleaningStep;
import dev.datastudio.core.query.internal.DuckDbDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A DuckDB of its own that reads one data set as the view {@code source}. What does not fit its memory goes to a folder
 * that is removed on closing. Not thread-safe, but for cancellation.
 */
final class CleaningSession implements AutoCloseable {
    private static final String MEMORY_LIMIT = "400MB";
    private static final int MAX_THREADS = 4;

    private final Connection connection;
    private final Path scratch;
    private final Dataset dataset;
    private final Cancellation cancellation;

    private CleaningSession(Connection connection, Path scratch, Dataset dataset, Cancellation cancellation) {
        this.connection = connection;
        this.scratch = scratch;
        this.dataset = dataset;
        this.cancellation = cancellation;
    }

    static CleaningSession open(Dataset dataset, Path file, Cancellation cancellation) {
        Path scratch = makeScratch();
        Connection connection;
        try {
            connection = DuckDbDriver.open();
        } catch (SQLException e) {
            delete(scratch);
            throw unreadable(dataset, e);
        }
        CleaningSession session = new CleaningSession(connection, scratch, dataset, cancellation);
        try {
            session.attach(file);
            return session;
        } catch (SQLException e) {
            session.close();
            throw unreadable(dataset, e);
        }
    }

    private void attach(Path file) throws SQLException {
        int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
        String names = dataset.columns().stream()
                .map(Column::name)
                .map(DuckDbDriver::identifier)
                .collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET memory_limit = '" + MEMORY_LIMIT + "'");
            statement.execute("SET threads = " + threads);
            statement.execute("SET temp_directory = " + DuckDbDriver.literal(scratch.toString()));
            statement.execute("ATTACH " + DuckDbDriver.literal(file.toString()) + " AS origin (READ_ONLY)");
            statement.execute(
                    "CREATE TEMP VIEW " + CleaningStep.TABLE + " AS SELECT " + names + " FROM origin.main.data");
        }
    }

    private static Path makeScratch() {
        try {
            return Files.createTempDirectory("studio-cleaning");
        } catch (IOException e) {
            throw new StudioException(
                    ErrorCode.STORAGE_NOT_WRITABLE,
                    "No folder for temporary files could be made: " + e.getMessage(),
                    "Make room in " + System.getProperty("java.io.tmpdir"),
                    e);
        }
    }

    /** The rows of a query with a small result. */
    List<@Nullable Object[]> rows(Fragment query) {
        return read(query, result -> {
            int width = result.getMetaData().getColumnCount();
            List<@Nullable Object[]> rows = new ArrayList<>();
            while (result.next()) {
                @Nullable Object[] row = new @Nullable Object[width];
                for (int i = 0; i < width; i++) {
                    row[i] = result.getObject(i + 1);
                }
                rows.add(row);
            }
            return rows;
        });
    }

    /** The numbers of a query with one row. */
    List<Long> counts(Fragment query) {
        List<Long> counts = new ArrayList<>();
        for (Object value : rows(query).get(0)) {
            counts.add(value instanceof Number number ? number.longValue() : 0L);
        }
        return counts;
    }

    /** The columns of a query and their types. */
    List<InputColumn> columns(Fragment query) {
        return read(Fragment.of(query, " LIMIT 0"), result -> {
            ResultSetMetaData meta = result.getMetaData();
            List<InputColumn> columns = new ArrayList<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                columns.add(InputColumn.of(meta.getColumnName(i), meta.getColumnTypeName(i)));
            }
            return columns;
        });
    }

    private <T> T read(Fragment query, Reader<T> reader) {
        cancellation.throwIfCancelled();
        try (PreparedStatement statement = connection.prepareStatement(query.sql());
                Cancellation.Registration waiting = cancellation.onCancel(() -> interrupt(statement))) {
            assert waiting != null;
            for (int i = 0; i < query.parameters().size(); i++) {
                statement.setObject(i + 1, query.parameters().get(i));
            }
            try (ResultSet result = statement.executeQuery()) {
                return reader.read(result);
            }
        } catch (SQLException e) {
            cancellation.throwIfCancelled();
            throw failed(e);
        }
    }

    private interface Reader<T> {
        T read(ResultSet result) throws SQLException;
    }

    private StudioException failed(SQLException e) {
        String text = String.valueOf(e.getMessage());
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("out of memory")) {
            return new StudioException(
                    ErrorCode.QUERY_OUT_OF_MEMORY,
                    "The memory for cleaning " + quote(dataset.name()) + " does not suffice",
                    "Make room in " + System.getProperty("java.io.tmpdir") + ", or clean fewer columns",
                    e);
        } else if (lower.contains("io error")) {
            return unreadable(dataset, e);
        }
        // The message may quote a value of a row; its first line without quoted parts tells enough.
        String reason = text.lines().findFirst().orElse("").replaceAll("\"[^\"]*\"|'[^']*'", "…");
        return new StudioException(
                ErrorCode.INVALID_ARGUMENT, "It can't be computed: " + reason, "Mend the step, or leave it out", e);
    }

    private static StudioException unreadable(Dataset dataset, SQLException e) {
        return new StudioException(
                ErrorCode.STORAGE_FAILED,
                "The rows of " + quote(dataset.name()) + " could not be read: " + e.getMessage(),
                "Look at the cause; if it lasts, import the data set again",
                e);
    }

    private static void interrupt(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            throw new IllegalStateException("An open statement can be cancelled", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw unreadable(dataset, e);
        } finally {
            delete(scratch);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Temporary files could not be removed: " + folder, e);
        }
    }
}
