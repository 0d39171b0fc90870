package dev.datastudio.core.profile.internal;

import java.util.List;

/** The first pass: how many values there are, and between which they lie. */
final class RangeScan {
    private RangeScan() {}

    static void run(ProfileSession session, List<ColumnBuilder> columns) {
        new Batches(session, "reading ranges")
                .run(columns, ProfileSession.DATA, RangeScan::aggregates, RangeScan::read);
    }

    private static String aggregates(ColumnBuilder column) {
        String name = column.sql();
        if (column.isNumeric()) {
            String number = column.number();
            return "count(" + number + "), CAST(min(" + name + ") AS VARCHAR), CAST(max(" + name + ") AS VARCHAR), min("
                    + number + "), max(" + number + "), favg(" + number + "), count(" + name + ")";
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
        if (column.isNumeric()) {
            column.least = row.asDouble();
            column.greatest = row.asDouble();
            column.mean = row.asDouble();
            column.mayBeInfinite = row.asLong() != column.count;
        }
    }
}
