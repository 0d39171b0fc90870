package dev.datastudio.core.query.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A DuckDB of its own for one piece of work, with stored tables attached for reading. What does not fit its memory goes to a
 * folder that is removed on closing. Not thread-safe, but for cancellation, which interrupts the running statement.
 */
public final class ScratchDuckDb implements AutoCloseable {
    private static final String MEMORY_LIMIT = "400MB";
    private static final int MAX_THREADS = 4;

    private final Connection connection;
    private final Path scratch;
    private final Cancellation cancellation;

    private ScratchDuckDb(Connection connection, Path scratch, Cancellation cancellation) {
        this.connection = connection;
        this.scratch = scratch;
        this.cancellation = cancellation;
    }

    /**
     * Opens one.
     *
     * @param purpose what the folder is called after, such as {@code profile}
     * @param files stored tables by the names they are attached under
     * @throws SQLException when a file can't be read
     * @throws StudioException with {@link ErrorCode#STORAGE_NOT_WRITABLE} when no folder can be made
     */
    public static ScratchDuckDb open(String purpose, Map<String, Path> files, Cancellation cancellation)
            throws SQLException {
        Path scratch = makeScratch(purpose);
        try {
            ScratchDuckDb database = new ScratchDuckDb(DuckDbDriver.open(), scratch, cancellation);
            try {
                database.prepare(files);
                return database;
            } catch (SQLException | RuntimeException e) {
                database.connection.close();
                throw e;
            }
        } catch (SQLException | RuntimeException e) {
            delete(scratch);
            throw e;
        }
    }

    private void prepare(Map<String, Path> files) throws SQLException {
        int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
        execute("SET memory_limit = '" + MEMORY_LIMIT + "'", List.of());
        execute("SET threads = " + threads, List.of());
        execute("SET temp_directory = " + DuckDbDriver.literal(scratch.toString()), List.of());
        for (Map.Entry<String, Path> file : files.entrySet()) {
            String path = DuckDbDriver.literal(file.getValue().toString());
            execute("ATTACH " + path + " AS " + DuckDbDriver.identifier(file.getKey()) + " (READ_ONLY)", List.of());
        }
    }

    private static Path makeScratch(String purpose) {
        try {
            return Files.createTempDirectory("studio-" + purpose);
        } catch (IOException e) {
            throw new StudioException(
                    ErrorCode.STORAGE_NOT_WRITABLE,
                    "No folder for temporary files could be made: " + e.getMessage(),
                    "Make room in " + System.getProperty("java.io.tmpdir"),
                    e);
        }
    }

    /** Runs a statement without a result. */
    public void execute(String sql, List<Object> parameters) throws SQLException {
        cancellation.throwIfCancelled();
        try (PreparedStatement statement = prepared(sql, parameters);
                Cancellation.Registration waiting = cancellation.onCancel(() -> interrupt(statement))) {
            assert waiting != null;
            // A cancellation that came before the statement has begun does not interrupt it.
            cancellation.throwIfCancelled();
            statement.execute();
        }
    }

    /** Has a result read while it is there. */
    public <T> T read(String sql, List<Object> parameters, ResultReader<T> reader) throws SQLException {
        cancellation.throwIfCancelled();
        try (PreparedStatement statement = prepared(sql, parameters);
                Cancellation.Registration waiting = cancellation.onCancel(() -> interrupt(statement))) {
            assert waiting != null;
            cancellation.throwIfCancelled();
            try (ResultSet result = statement.executeQuery()) {
                return reader.read(result);
            }
        }
    }

    /** Reads a result. */
    @FunctionalInterface
    public interface ResultReader<T> {
        T read(ResultSet result) throws SQLException;
    }

    private PreparedStatement prepared(String sql, List<Object> parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static void interrupt(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            throw new IllegalStateException("An open statement can be cancelled", e);
        }
    }

    /** Whether a statement failed because memory and disk don't suffice. */
    public static boolean isOutOfMemory(SQLException failure) {
        return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("out of memory");
    }

    @Override
    public void close() throws SQLException {
        try {
            connection.close();
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
