package dev.datastudio.core.cleaning.internal;

import static dev.datastudio.api.error.StudioException.quote;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.cleaning.CleaningStep;
import dev.datastudio.core.query.internal.DuckDbDriver;
import dev.datastudio.core.query.internal.ScratchDuckDb;
import java.nio.file.Path;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A database that reads one data set as the view {@code source}. Not thread-safe, but for cancellation. */
final class CleaningSession implements AutoCloseable {
    private static final String KEPT = "kept_";

    private final ScratchDuckDb database;
    private final Dataset dataset;
    private final Cancellation cancellation;
    private int kept;

    private CleaningSession(ScratchDuckDb database, Dataset dataset, Cancellation cancellation) {
        this.database = database;
        this.dataset = dataset;
        this.cancellation = cancellation;
    }

    static CleaningSession open(Dataset dataset, Path file, Cancellation cancellation) {
        try {
            ScratchDuckDb database = ScratchDuckDb.open("cleaning", Map.of("origin", file), cancellation);
            CleaningSession session = new CleaningSession(database, dataset, cancellation);
            try {
                session.makeView();
                return session;
            } catch (SQLException | RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (SQLException e) {
            throw unreadable(dataset, e);
        }
    }

    private void makeView() throws SQLException {
        String names = dataset.columns().stream()
                .map(Column::name)
                .map(DuckDbDriver::identifier)
                .collect(Collectors.joining(", "));
        database.execute(
                "CREATE TEMP VIEW " + CleaningStep.TABLE + " AS SELECT " + names + " FROM origin.main.data", List.of());
    }

    /** Stores the rows of a query, in place of those stored before, and tells by what name they are read. */
    String keep(Fragment query) {
        String name = KEPT + (kept + 1);
        try {
            database.execute("CREATE TEMP TABLE " + name + " AS " + query.sql(), query.parameters());
            if (kept > 0) {
                database.execute("DROP TABLE " + KEPT + kept, List.of());
            }
        } catch (SQLException e) {
            cancellation.throwIfCancelled();
            throw failed(e);
        }
        kept++;
        return name;
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

    private <T> T read(Fragment query, ScratchDuckDb.ResultReader<T> reader) {
        try {
            return database.read(query.sql(), query.parameters(), reader);
        } catch (SQLException e) {
            cancellation.throwIfCancelled();
            throw failed(e);
        }
    }

    private StudioException failed(SQLException e) {
        String text = String.valueOf(e.getMessage());
        if (ScratchDuckDb.isOutOfMemory(e)) {
            return new StudioException(
                    ErrorCode.QUERY_OUT_OF_MEMORY,
                    "The memory for cleaning " + quote(dataset.name()) + " does not suffice",
                    "Make room in " + System.getProperty("java.io.tmpdir") + ", or clean fewer columns",
                    e);
        } else if (text.toLowerCase(Locale.ROOT).contains("io error")) {
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

    @Override
    public void close() {
        try {
            database.close();
        } catch (SQLException e) {
            throw unreadable(dataset, e);
        }
    }
}
