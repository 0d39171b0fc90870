package dev.datastudio.ml.prepare.internal;

import com.sun.management.OperatingSystemMXBean;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.api.query.RowConsumer;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.query.EngineLease;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Some columns of a data set, or of rows that came from elsewhere, in memory. Immutable. */
public final class RawTable {
    private static final Duration TIMEOUT = Duration.ofHours(1);
    /** Values, codes, the encoded matrix and its bins: the heap must hold them all. */
    private static final long BYTES_PER_CELL = 32;

    private final int rows;
    private final Map<String, RawColumn> columns;
    private final Map<String, Integer> infinite;
    private final long room;

    private RawTable(int rows, List<RawColumn> columns, Map<String, Integer> infinite, long room) {
        this.rows = rows;
        this.room = room;
        this.columns = new LinkedHashMap<>();
        columns.forEach(each -> this.columns.put(each.name(), each));
        this.infinite = Map.copyOf(infinite);
    }

    private static RawTable of(int rows, List<RawColumnBuilder> builders, long room) {
        return new RawTable(
                rows,
                builders.stream().map(RawColumnBuilder::build).toList(),
                builders.stream()
                        .filter(each -> each.infinite() > 0)
                        .collect(Collectors.toMap(RawColumnBuilder::name, RawColumnBuilder::infinite)),
                room);
    }

    /** Columns that are there, all of that many rows, whose features may take {@link #room} bytes. */
    static RawTable of(List<RawColumn> columns, int rows, long room) {
        return new RawTable(rows, columns, Map.of(), room);
    }

    /**
     * Reads columns of a data set, in the order of its rows.
     *
     * @param columns their names, and what their values are to be
     * @param room how many bytes they and their features may take
     * @throws StudioException with {@link ErrorCode#LIMIT_EXCEEDED} when they don't fit the room or the memory, {@link
     *     ErrorCode#CANCELLED}, or a failure of the engine
     */
    public static RawTable read(
            Studio studio,
            Caller caller,
            Dataset dataset,
            Map<String, ColumnType> columns,
            long room,
            Cancellation cancellation) {
        requireRoom(dataset.rowCount(), columns.size(), room);
        String names = columns.keySet().stream()
                .map(column -> '"' + column.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(", "));
        Query query = new Query(
                "SELECT " + names + " FROM " + dataset.table(),
                List.of(),
                new QueryLimits(QueryLimits.NO_ROW_LIMIT, TIMEOUT));
        List<RawColumnBuilder> builders = new ArrayList<>();
        columns.forEach((name, type) -> builders.add(new RawColumnBuilder(name, type, (int) dataset.rowCount())));
        long rows;
        try (EngineLease lease = studio.engine(caller, List.of(dataset))) {
            long texts = Math.min(room, Runtime.getRuntime().maxMemory() / 2);
            rows = lease.engine().stream(query, into(builders, texts), cancellation);
        }
        return of((int) rows, builders, room);
    }

    /** @param room how many bytes texts may take, whose size nobody knows before they are read */
    private static RowConsumer into(List<RawColumnBuilder> builders, long room) {
        return new RowConsumer() {
            private long rows;

            @Override
            public void columns(List<ResultColumn> columns) {
                // They are the ones that were asked for.
            }

            @Override
            public void row(List<@Nullable Object> values) {
                long texts = 0;
                for (int i = 0; i < builders.size(); i++) {
                    builders.get(i).add(values.get(i));
                    texts += builders.get(i).bytesOfTexts();
                }
                rows++;
                if (texts > room) {
                    throw new StudioException(
                            ErrorCode.LIMIT_EXCEEDED,
                            "The texts or pictures of the first " + rows + " rows take more than the " + mebibytes(room)
                                    + " MiB that there are for them",
                            "Train on fewer columns or a sample of the rows, make pictures smaller, or raise the limit of"
                                    + " memory");
                }
            }
        };
    }

    /**
     * Rows that came from elsewhere.
     *
     * @param columns their names and types; what rows hold beside them is not looked at
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when a value is of another kind than its column
     */
    public static RawTable of(Map<String, ColumnType> columns, List<? extends Map<String, ?>> rows) {
        List<RawColumnBuilder> builders = new ArrayList<>();
        columns.forEach((name, type) -> builders.add(new RawColumnBuilder(name, type, rows.size())));
        for (Map<String, ?> row : rows) {
            builders.forEach(each -> each.add(row.get(each.name())));
        }
        return of(rows.size(), builders, Long.MAX_VALUE);
    }

    /**
     * Refuses to make more features of these rows than there is room for, before any memory is taken.
     *
     * @throws StudioException with {@link ErrorCode#LIMIT_EXCEEDED}
     */
    void requireRoom(int features) {
        requireRoom(rows, features, room);
    }

    /** How many bytes the features of these rows may take. */
    public long room() {
        return room;
    }

    /**
     * Refuses features that leave no room for what a training takes beside them, before any of it is made.
     *
     * @param limit how many bytes both may take
     * @throws StudioException with {@link ErrorCode#LIMIT_EXCEEDED}
     */
    static void requireRoom(long rows, int columns, long limit, Preparer.Beside beside) {
        requireRoom(rows, columns, limit);
        long machine = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : Long.MAX_VALUE;
        long most = Math.min(limit, machine);
        long cells = rows * columns * BYTES_PER_CELL;
        if (beside.bytes() > 0 && beside.bytes() > most - cells) {
            throw new StudioException(
                    ErrorCode.LIMIT_EXCEEDED,
                    rows + " rows of " + columns + " values are estimated to need " + mebibytes(cells) + " MiB, and "
                            + beside.what() + " " + mebibytes(beside.bytes()) + " MiB beside them, more than the "
                            + mebibytes(most) + " MiB that "
                            + (most == limit ? "a training may take here" : "this machine has"),
                    "Use smaller layers or a smaller batch, shorter texts or smaller pictures, or a sample of the rows"
                            + (most == limit ? ", or raise the limit of memory" : ""));
        }
    }

    private static void requireRoom(long rows, int columns, long limit) {
        long cells = rows * columns;
        if (cells > limit / BYTES_PER_CELL) {
            throw new StudioException(
                    ErrorCode.LIMIT_EXCEEDED,
                    rows + " rows of " + columns + " columns are estimated to need " + mebibytes(cells * BYTES_PER_CELL)
                            + " MiB, more than the " + mebibytes(limit) + " MiB that a training may take here",
                    "Train on fewer columns or a sample of the rows, or raise the limit of memory");
        }
        long room = Runtime.getRuntime().maxMemory() / BYTES_PER_CELL;
        if (cells > Integer.MAX_VALUE - 8 || cells > room) {
            throw new StudioException(
                    ErrorCode.LIMIT_EXCEEDED,
                    rows + " rows of " + columns + " columns do not fit into the memory of this process, which has room"
                            + " for " + room + " values",
                    "Train on fewer columns or a sample of the rows, or give Java more memory with -Xmx");
        }
    }

    private static long mebibytes(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }

    public int rows() {
        return rows;
    }

    /** A copy of some rows, in that order. */
    public RawTable rows(int[] chosen) {
        return new RawTable(
                chosen.length,
                columns.values().stream().map(column -> column.rows(chosen)).toList(),
                Map.of(),
                room);
    }

    /** A column by its exact name. */
    public RawColumn column(String name) {
        return Objects.requireNonNull(columns.get(name), name);
    }

    public List<RawColumn> columns() {
        return List.copyOf(columns.values());
    }

    /** How many infinite values each column had, which count as missing; only columns that had some. */
    public Map<String, Integer> infinite() {
        return infinite;
    }
}
