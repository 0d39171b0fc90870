package dev.datastudio.core.export.internal;

import static dev.datastudio.core.query.internal.DuckDbDriver.literal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.core.export.ExportFormat;
import dev.datastudio.core.export.ExportOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * A DuckDB database of one export: the rows are in one relation of it, be they those of a data set or of a query, and
 * are written by DuckDB itself or, for Excel, read from it one by one. Not thread-safe.
 *
 * <p>No statement of a user runs here, since this database may write files: rows of a query come from its own engine.
 */
public final class ExportDatabase implements AutoCloseable {
    private static final String MEMORY_LIMIT = "512MB";

    private final Connection connection;
    private final ExportOptions options;

    private ExportDatabase(Connection connection, ExportOptions options) {
        this.connection = connection;
        this.options = options;
    }

    /**
     * A new database in memory.
     *
     * @param scratch where DuckDB puts what doesn't fit into its memory
     */
    public static ExportDatabase open(Path scratch, ExportOptions options) {
        Properties settings = new Properties();
        settings.setProperty("jdbc_stream_results", "true");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        try {
            Connection connection = DriverManager.getConnection("jdbc:duckdb:", settings);
            ExportDatabase database = new ExportDatabase(connection, options);
            try {
                database.execute("SET memory_limit = " + literal(MEMORY_LIMIT));
                database.execute("SET temp_directory = " + literal(scratch.toString()));
                database.execute("SET enable_progress_bar = true");
                database.execute("SET enable_progress_bar_print = false");
                return database;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw failed("The export could not be begun", e);
        }
    }

    /** Writes a data set. */
    public Written copyDataset(Path source, Dataset dataset, Path target) {
        List<ResultColumn> columns = dataset.columns().stream()
                .map(column -> new ResultColumn(column.name(), column.type()))
                .toList();
        try {
            execute("ATTACH " + literal(source.toString()) + " AS source (READ_ONLY)");
            return copy("source.main.data", columns, dataset.rowCount(), target);
        } catch (SQLException e) {
            throw stopped("The rows of " + StudioException.quote(dataset.name()) + " could not be exported", e);
        }
    }

    /**
     * Writes the rows of a CSV file of ours, which has a header.
     *
     * @param names of its columns, in order
     */
    public Written copyCsv(Path source, List<String> names, Path target) {
        List<ResultColumn> columns = names.stream()
                .map(name -> new ResultColumn(name, ColumnType.TEXT))
                .toList();
        try {
            execute("CREATE VIEW lines AS SELECT * FROM read_csv(" + literal(source.toString())
                    + ", delim = ',', quote = '\"', escape = '\"', header = true, all_varchar = true)");
            return copy("lines", columns, 0, target);
        } catch (SQLException e) {
            throw stopped("The file could not be exported", e);
        }
    }

    /** Writes the rows of a query, which are kept on disk until all are there. */
    public Written copyQuery(QueryEngine engine, Query query, Path target) {
        try (StagedRows rows = new StagedRows(connection, options.progress())) {
            engine.stream(query, rows, options.cancellation());
            rows.finish();
            Written written = copy(StagedRows.TABLE, rows.columns(), rows.count(), target);
            List<String> notes = new ArrayList<>(rows.notes());
            notes.addAll(written.notes());
            return new Written(written.rows(), notes);
        } catch (SQLException e) {
            throw stopped("The rows of the query could not be exported", e);
        }
    }

    private Written copy(String relation, List<ResultColumn> columns, long rows, Path target) throws SQLException {
        options.cancellation().throwIfCancelled();
        if (options.format() == ExportFormat.EXCEL) {
            return ExcelExport.of(columns, rows, options).write(connection, relation, target);
        }
        String sql = new CopyStatement(columns, options).sql(relation, target);
        try (RunningCopy copy = RunningCopy.start(connection, sql, options.cancellation())) {
            while (!copy.await()) {
                tell(Math.round(copy.fraction() * rows), rows);
            }
        }
        tell(rows, rows);
        return new Written(rows, List.of());
    }

    private void tell(long done, long rows) {
        options.progress().onProgress(new Progress("writing", done, rows, "rows"));
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private StudioException stopped(String what, SQLException cause) {
        options.cancellation().throwIfCancelled();
        return failed(what, cause);
    }

    private static StudioException failed(String what, SQLException cause) {
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("no space left") || text.contains("disk quota") || text.contains("disk full")) {
            return new StudioException(
                    ErrorCode.STORAGE_FULL,
                    what + ": the disk is full",
                    "Free some space, or export to another disk",
                    cause);
        }
        return new StudioException(
                ErrorCode.STORAGE_FAILED,
                what + ": " + cause.getMessage(),
                "Look at the cause; check that the disk has room and may be written",
                cause);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed("The export could not be ended", e);
        }
    }
}
