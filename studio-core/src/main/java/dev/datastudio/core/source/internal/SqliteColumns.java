package dev.datastudio.core.source.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.progress.Cancellation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of a SQLite result are. A column there may hold anything whatever it was declared as, so the values
 * are looked through first: nothing is lost because one of them is of another kind. Not thread-safe.
 */
final class SqliteColumns {
    private static final int COLUMNS_AT_ONCE = 100;
    private static final int COUNTS = 6;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm[:ss[.SSSSSSSSS][.SSSSSS][.SSS]]", Locale.ROOT);

    private final Connection connection;
    private final Cancellation cancellation;

    SqliteColumns(Connection connection, Cancellation cancellation) {
        this.connection = connection;
        this.cancellation = cancellation;
    }

    /** How many values of each kind a column has. */
    private record Kinds(long whole, long real, long text, long binary, long dates, long times) {
        long all() {
            return whole + real + text + binary;
        }
    }

    List<Optional<ReadColumn>> decide(String sql, ResultSetMetaData meta) throws SQLException {
        List<Optional<ReadColumn>> decided = new ArrayList<>();
        int count = meta.getColumnCount();
        for (int from = 0; from < count; from += COLUMNS_AT_ONCE) {
            int to = Math.min(count, from + COLUMNS_AT_ONCE);
            List<Kinds> kinds = count(sql, count, from, to);
            for (int i = from; i < to; i++) {
                decided.add(decide(i + 1, meta.getColumnLabel(i + 1), declared(meta, i + 1), kinds.get(i - from)));
            }
        }
        return decided;
    }

    private static String declared(ResultSetMetaData meta, int index) throws SQLException {
        return String.valueOf(meta.getColumnTypeName(index)).toLowerCase(Locale.ROOT);
    }

    private List<Kinds> count(String sql, int count, int from, int to) throws SQLException {
        String names = IntStream.range(0, count).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        String counts = IntStream.range(from, to)
                .mapToObj(i -> ("total(typeof(c#) = 'integer'), total(typeof(c#) = 'real'), total(typeof(c#) = 'text'),"
                                + " total(typeof(c#) = 'blob'), total(typeof(c#) = 'text' AND c# = date(c#)),"
                                + " total(typeof(c#) = 'text' AND c# GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9][ T]*'"
                                + " AND datetime(c#) IS NOT NULL AND c# NOT GLOB '*[-+Zz]??:??' AND c# NOT GLOB '*[Zz]')")
                        .replace("#", Integer.toString(i)))
                .collect(Collectors.joining(", "));
        List<Kinds> kinds = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                        "WITH studio_rows (" + names + ") AS (" + sql + "\n) SELECT " + counts + " FROM studio_rows");
                Cancellation.Registration waiting = Cancelling.on(cancellation, statement)) {
            cancellation.throwIfCancelled();
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                for (int i = 0; i < to - from; i++) {
                    int first = i * COUNTS + 1;
                    kinds.add(new Kinds(
                            row.getLong(first),
                            row.getLong(first + 1),
                            row.getLong(first + 2),
                            row.getLong(first + 3),
                            row.getLong(first + 4),
                            row.getLong(first + 5)));
                }
            }
            assert waiting != null;
        }
        return kinds;
    }

    private static Optional<ReadColumn> decide(int index, String label, String declared, Kinds kinds) {
        if (kinds.binary() > 0 && kinds.binary() == kinds.all()) {
            return Optional.empty();
        }
        ReadColumn column = column(index, label, declared, kinds);
        return Optional.of(
                kinds.binary() == 0
                        ? column
                        : column.noting("has " + kinds.binary()
                                + (kinds.binary() == 1 ? " binary value" : " binary values") + ", read as missing"));
    }

    private static ReadColumn column(int index, String label, String declared, Kinds kinds) {
        boolean temporal = declared.contains("date") || declared.contains("time");
        if (kinds.all() == kinds.binary()) {
            ColumnType type = NativeTypes.of(Product.SQLITE, declared);
            return ReadColumn.plain(index, label, type, text());
        } else if (kinds.text() == 0 && kinds.real() == 0) {
            return declared.contains("bool")
                    ? ReadColumn.plain(index, label, ColumnType.BOOLEAN, ReadColumn::truth)
                    : number(ReadColumn.whole(index, label));
        } else if (kinds.text() == 0) {
            return number(ReadColumn.floating(index, label));
        } else if (temporal && kinds.dates() == kinds.all()) {
            return ReadColumn.plain(index, label, ColumnType.DATE, date());
        } else if (temporal && kinds.times() == kinds.all()) {
            return ReadColumn.plain(index, label, ColumnType.TIMESTAMP, timestamp());
        }
        return ReadColumn.plain(index, label, ColumnType.TEXT, text());
    }

    /** Bytes between numbers would be read as 0. */
    private static ReadColumn number(ReadColumn column) {
        Getter plain = column.getter();
        return new ReadColumn(
                column.index(),
                column.column(),
                (row, i) -> row.getObject(i) instanceof byte[] ? null : plain.get(row, i),
                "");
    }

    private static Getter text() {
        return (row, column) -> row.getObject(column) instanceof byte[] ? null : row.getString(column);
    }

    private static Getter date() {
        return (row, column) -> {
            String text = row.getString(column);
            return text == null ? null : LocalDate.parse(text);
        };
    }

    private static Getter timestamp() {
        return (row, column) -> parsed(row.getString(column));
    }

    private static @Nullable Object parsed(@Nullable String text) {
        return text == null ? null : LocalDateTime.parse(text.replace('T', ' '), TIME);
    }
}
