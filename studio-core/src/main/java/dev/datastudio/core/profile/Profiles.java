package dev.datastudio.core.profile;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.profile.internal.Comparison;
import dev.datastudio.core.profile.internal.FullProfile;
import dev.datastudio.core.query.internal.DuckDbDriver;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Computes profiles of data sets: one pass of aggregates over the stored table, whose memory does not grow with the
 * rows. Thread-safe.
 */
public final class Profiles {
    /** How many of the most frequent values a profile names. */
    public static final int TOP_VALUES = 5;

    private static final String MEMORY_LIMIT = "512MB";
    private static final int COLUMNS_AT_ONCE = 50;
    private static final long EXACT_QUARTILES_ROWS = 100_000;

    private final Datasets datasets;

    private Profiles(Datasets datasets) {
        this.datasets = datasets;
    }

    /** Profiles of the data sets of a caller. */
    public static Profiles of(Datasets datasets) {
        return new Profiles(Objects.requireNonNull(datasets, "datasets"));
    }

    /**
     * The profile of each column, in order. Blocks while all rows are read.
     *
     * @throws StudioException with {@link ErrorCode#DATASET_NOT_FOUND} when the data set is another caller's,
     *     {@link ErrorCode#STORAGE_FAILED} when it can't be read, {@link ErrorCode#CANCELLED}
     */
    public List<ColumnProfile> compute(Dataset dataset, Cancellation cancellation) {
        Path file = datasets.file(dataset);
        List<Column> columns = dataset.columns();
        List<ColumnProfile> profiles = new ArrayList<>();
        try (Connection connection = open(file)) {
            for (int from = 0; from < columns.size(); from += COLUMNS_AT_ONCE) {
                List<Column> part = columns.subList(from, Math.min(columns.size(), from + COLUMNS_AT_ONCE));
                profiles.addAll(compute(connection, part, dataset.rowCount(), cancellation));
            }
        } catch (SQLException e) {
            cancellation.throwIfCancelled();
            throw new StudioException(
                    ErrorCode.STORAGE_FAILED,
                    "The rows of " + StudioException.quote(dataset.name()) + " could not be read: " + e.getMessage(),
                    "Import the file again",
                    e);
        }
        return profiles;
    }

    /** As {@link #full(Dataset, ProfileOptions)} with {@link ProfileOptions#DEFAULT}. */
    public DatasetProfile full(Dataset dataset) {
        return full(dataset, ProfileOptions.DEFAULT);
    }

    /**
     * The whole profile of a data set: overview, columns, associations, keys, alerts. Blocks while all rows are read a
     * few times; memory does not grow with them.
     *
     * @throws StudioException with {@link ErrorCode#DATASET_NOT_FOUND} when the data set is another caller's,
     *     {@link ErrorCode#STORAGE_FAILED} when it can't be read, {@link ErrorCode#QUERY_OUT_OF_MEMORY} when there is
     *     no room for what does not fit in memory, {@link ErrorCode#CANCELLED}
     */
    public DatasetProfile full(Dataset dataset, ProfileOptions options) {
        return FullProfile.compute(dataset, datasets.file(dataset), options);
    }

    /**
     * Compares two data sets, or two versions of one, by their profiles and the distances of their columns.
     *
     * @throws StudioException as {@link #full(Dataset, ProfileOptions)}
     */
    public ProfileComparison compare(Dataset newer, Dataset older, ProfileOptions options) {
        return Comparison.compute(newer, datasets.file(newer), older, datasets.file(older), options);
    }

    private static Connection open(Path file) throws SQLException {
        Connection connection = DuckDbDriver.open();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET memory_limit = '" + MEMORY_LIMIT + "'");
            statement.execute("ATTACH '" + file.toString().replace("'", "''") + "' AS source (READ_ONLY)");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static List<ColumnProfile> compute(
            Connection connection, List<Column> columns, long rows, Cancellation cancellation) throws SQLException {
        StringBuilder sql = new StringBuilder("SELECT ");
        String quantile = rows <= EXACT_QUARTILES_ROWS ? "quantile_cont" : "approx_quantile";
        columns.forEach(column -> sql.append(aggregates(column, quantile)).append(", "));
        sql.setLength(sql.length() - 2);
        List<ColumnProfile> profiles = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                Cancellation.Registration waiting = cancellation.onCancel(() -> interrupt(statement));
                ResultSet row = statement.executeQuery(sql + " FROM source.main.data")) {
            assert waiting != null;
            row.next();
            int index = 1;
            for (Column column : columns) {
                profiles.add(read(row, index, column, rows));
                index += width(column.type());
            }
        }
        return profiles;
    }

    private static void interrupt(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            throw new IllegalStateException("An open statement can be cancelled", e);
        }
    }

    private static int width(ColumnType type) {
        return type.isNumeric() ? 7 : 4;
    }

    private static String aggregates(Column column, String quantile) {
        String name = '"' + column.name().replace("\"", "\"\"") + '"';
        String ordered = column.type() == ColumnType.OTHER ? "NULL, NULL" : "min(" + name + "), max(" + name + ")";
        String common =
                "count(" + name + "), " + ordered + ", approx_top_k(CAST(" + name + " AS VARCHAR), " + TOP_VALUES + ")";
        if (!column.type().isNumeric()) {
            return common;
        }
        String number = "CAST(" + name + " AS DOUBLE)";
        return common + ", avg(" + number + "), stddev_samp(" + number + "), " + quantile + "(" + number
                + ", [0.25, 0.5, 0.75])";
    }

    private static ColumnProfile read(ResultSet row, int index, Column column, long rows) throws SQLException {
        long count = row.getLong(index);
        boolean numbers = column.type().isNumeric() && count > 0;
        return new ColumnProfile(
                column.name(),
                column.type(),
                count,
                rows - count,
                column.distinctCount(),
                Objects.toString(row.getString(index + 1), ""),
                Objects.toString(row.getString(index + 2), ""),
                numbers ? row.getDouble(index + 4) : Double.NaN,
                numbers && count > 1 ? row.getDouble(index + 5) : Double.NaN,
                numbers ? doubles(row.getArray(index + 6)) : List.of(),
                texts(row.getArray(index + 3)));
    }

    private static List<Double> doubles(Array array) throws SQLException {
        List<Double> values = new ArrayList<>();
        for (Object value : (Object[]) array.getArray()) {
            values.add(((Number) value).doubleValue());
        }
        return values;
    }

    private static List<String> texts(Array array) throws SQLException {
        List<String> values = new ArrayList<>();
        if (array != null) {
            for (Object value : (Object[]) array.getArray()) {
                values.add(String.valueOf(value));
            }
        }
        return values;
    }
}
