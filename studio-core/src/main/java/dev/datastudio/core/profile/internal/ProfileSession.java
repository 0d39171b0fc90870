package dev.datastudio.core.profile.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.core.profile.ProfileOptions;
import dev.datastudio.core.query.internal.DuckDbDriver;
import dev.datastudio.core.query.internal.ScratchDuckDb;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A database that reads stored tables to describe them. Not thread-safe, but for cancellation. */
public final class ProfileSession implements AutoCloseable {
    /** The data set's table, where only one is attached. */
    public static final String DATA = "source.main.data";

    private final ScratchDuckDb database;
    private final String what;
    private final ProfileOptions options;

    private ProfileSession(ScratchDuckDb database, String what, ProfileOptions options) {
        this.database = database;
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
        try {
            return new ProfileSession(ScratchDuckDb.open("profile", files, options.cancellation()), what, options);
        } catch (SQLException e) {
            throw failed(what, e);
        }
    }

    /** Runs a statement without a result. */
    public void execute(String sql) {
        try {
            database.execute(sql, List.of());
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
        try {
            database.read(sql, List.of(), result -> {
                reader.read(result);
                return what;
            });
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
        boolean memory = ScratchDuckDb.isOutOfMemory(e);
        return new StudioException(
                memory ? ErrorCode.QUERY_OUT_OF_MEMORY : ErrorCode.STORAGE_FAILED,
                "The rows of " + StudioException.quote(what) + " could not be read: " + e.getMessage(),
                memory
                        ? "Make room in " + System.getProperty("java.io.tmpdir") + ", or profile fewer columns"
                        : "Import the file again",
                e);
    }

    /** A column's name in SQL. */
    public static String name(String column) {
        return DuckDbDriver.identifier(column);
    }

    @Override
    public void close() {
        try {
            database.close();
        } catch (SQLException e) {
            throw failed(what, e);
        }
    }
}
