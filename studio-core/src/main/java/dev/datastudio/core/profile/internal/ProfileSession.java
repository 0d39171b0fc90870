package dev.datastudio.core.profile.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.core.profile.ProfileOptions;
import dev.datastudio.core.query.internal.DuckDbDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A DuckDB of its own with stored tables attached for reading. What does not fit its memory goes to a folder that is
 * removed on closing. Not thread-safe, but for cancellation.
 */
public final class ProfileSession implements AutoCloseable {
    /** The data set's table, where only one is attached. */
    public static final String DATA = "source.main.data";

    private static final String MEMORY_LIMIT = "400MB";
    private static final int MAX_THREADS = 4;

    private final Connection connection;
    private final Path scratch;
    private final String what;
    private final ProfileOptions options;

    private ProfileSession(Connection connection, Path scratch, String what, ProfileOptions options) {
        this.connection = connection;
        this.scratch = scratch;
        this.what = what;
        this.options = options;
    }

    /**
     * Opens files of stored tables.
     *
     * @param files by the name that they are attached under
     * @param what the data set's name, for errors
     */
    public static ProfileSession open(Map<String, Path> files, String what, ProfileOptions options) {
        Path scratch = makeScratch();
        try {
            Connection connection = DuckDbDriver.open();
            ProfileSession session = new ProfileSession(connection, scratch, what, options);
            session.attach(files);
            return session;
        } catch (SQLException e) {
            delete(scratch);
            throw failed(what, e);
        }
    }

    private void attach(Map<String, Path> files) {
        try {
            execute("SET memory_limit = '" + MEMORY_LIMIT + "'");
            execute("SET threads = "
                    + Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()));
            execute("SET temp_directory = " + DuckDbDriver.literal(scratch.toString()));
            files.forEach((name, file) ->
                    execute("ATTACH " + DuckDbDriver.literal(file.toString()) + " AS " + name + " (READ_ONLY)"));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static Path makeScratch() {
        try {
            return Files.createTempDirectory("studio-profile");
        } catch (IOException e) {
            throw new StudioException(
                    ErrorCode.STORAGE_NOT_WRITABLE,
                    "No folder for temporary files could be made: " + e.getMessage(),
                    "Make room in " + System.getProperty("java.io.tmpdir"),
                    e);
        }
    }

    /** Runs a statement without a result. */
    public void execute(String sql) {
        Cancellation cancellation = options.cancellation();
        cancellation.throwIfCancelled();
        try (Statement statement = connection.createStatement();
                Cancellation.Registration waiting = cancellation.onCancel(() -> interrupt(statement))) {
            assert waiting != null;
            statement.execute(sql);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** The rows of a query; for results that are small. */
    public List<SqlRow> rows(String sql) {
        List<SqlRow> rows = new ArrayList<>();
        read(sql, result -> {
            int width = result.getMetaData().getColumnCount();
            while (result.next()) {
                rows.add(SqlRow.of(result, width));
            }
        });
        return rows;
    }

    /** The only row of a query. */
    public SqlRow row(String sql) {
        return rows(sql).get(0);
    }

    /** Has a result read while it is there. */
    void read(String sql, ResultReader reader) {
        Cancellation cancellation = options.cancellation();
        cancellation.throwIfCancelled();
        try (Statement statement = connection.createStatement();
                Cancellation.Registration waiting = cancellation.onCancel(() -> interrupt(statement));
                ResultSet result = statement.executeQuery(sql)) {
            assert waiting != null;
            reader.read(result);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Reads a result. */
    @FunctionalInterface
    interface ResultReader {
        void read(ResultSet result) throws SQLException;
    }

    /** Tells how far the work has come. */
    void report(String stage, long done, long total) {
        options.cancellation().throwIfCancelled();
        options.progress().onProgress(new Progress(stage, done, total, "columns"));
    }

    private StudioException failure(SQLException e) {
        options.cancellation().throwIfCancelled();
        return failed(what, e);
    }

    private static StudioException failed(String what, SQLException e) {
        boolean memory = String.valueOf(e.getMessage()).contains("Out of Memory");
        return new StudioException(
                memory ? ErrorCode.QUERY_OUT_OF_MEMORY : ErrorCode.STORAGE_FAILED,
                "The rows of " + StudioException.quote(what) + " could not be read: " + e.getMessage(),
                memory
                        ? "Make room in " + System.getProperty("java.io.tmpdir") + ", or profile fewer columns"
                        : "Import the file again",
                e);
    }

    private static void interrupt(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            throw new IllegalStateException("An open statement can be cancelled", e);
        }
    }

    /** A column's name in SQL. */
    public static String name(String column) {
        return DuckDbDriver.identifier(column);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(what, e);
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
