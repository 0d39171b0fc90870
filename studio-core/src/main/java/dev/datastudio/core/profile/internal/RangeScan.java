package dev.datastudio.core.profile.internal;

import java.util.List;

/**
 * The first pass: how many values there are, and between which they lie. Infinite numbers and NaN show in the least or the
 * greatest value, DuckDB ordering NaN last; only columns that have some are read once more without them.
 */
final class RangeScan {
    private RangeScan() {}

    static void run(ProfileSession session, List<ColumnBuilder> columns) {
        new Batches(session, "reading ranges")
                .run(columns, ProfileSession.DATA, RangeScan::aggregates, RangeScan::read);
        List<ColumnBuilder> infinite =
                columns.stream().filter(column -> column.mayBeInfinite).toList();
        new Batches(session, "reading ranges")
                .run(infinite, ProfileSession.DATA, RangeScan::finite, RangeScan::readFinite);
    }

    private static String aggregates(ColumnBuilder column) {
        String name = column.sql();
        if (column.isNumeric()) {
            return "count(" + name + "), CAST(min(" + name + ") AS VARCHAR), CAST(max(" + name
                    + ") AS VARCHAR), CAST(min(" + name + ") AS DOUBLE), CAST(max(" + name + ") AS DOUBLE), favg(CAST("
                    + name + " AS DOUBLE))";
        }
        return column.isScalar()
                ? "count(" + name + "), left(CAST(min(" + name + ") AS VARCHAR), 500), left(CAST(max(" + name
                        + ") AS VARCHAR), 500)"
                : "count(" + name + "), NULL, NULL";
    }

    private static void read(ColumnBuilder column, SqlRow row) {
        column.count = row.asLong();
        column.min = row.asText();
        column.max = row.asText();
        column.mayBeInfinite = false;
        if (column.isNumeric()) {
            readNumbers(column, row);
            column.mayBeInfinite =
                    column.hasValues() && !(Double.isFinite(column.least) && Double.isFinite(column.greatest));
        }
    }

    private static String finite(ColumnBuilder column) {
        String number = column.number();
        return "count(" + number + "), min(" + number + "), max(" + number + "), favg(" + number + ")";
    }

    private static void readFinite(ColumnBuilder column, SqlRow row) {
        column.count = row.asLong();
        readNumbers(column, row);
    }

    private static void readNumbers(ColumnBuilder column, SqlRow row) {
        column.least = row.asDouble();
        column.greatest = row.asDouble();
        column.mean = row.asDouble();
    }
}
