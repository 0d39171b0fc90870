package dev.datastudio.core.profile.internal;

import dev.datastudio.core.profile.ColumnDetails.Order;
import java.util.ArrayList;
import java.util.List;

/** Whether values rise or fall from row to row: the sample sorts most columns out, all rows decide about the rest. */
final class OrderScan {
    private static final int COLUMNS_AT_ONCE = 20;

    private OrderScan() {}

    static void run(ProfileSession session, SampleTable sample, List<ColumnBuilder> all) {
        List<ColumnBuilder> columns = all.stream()
                .filter(column -> (column.isNumeric() || column.column.type().isTemporal()) && column.distinct > 1)
                .toList();
        List<ColumnBuilder> candidates = new ArrayList<>();
        for (int from = 0; from < columns.size(); from += COLUMNS_AT_ONCE) {
            List<ColumnBuilder> part = columns.subList(from, Math.min(columns.size(), from + COLUMNS_AT_ONCE));
            List<double[]> numbers = sample.numbers(part);
            for (int i = 0; i < part.size(); i++) {
                if (isOrdered(numbers.get(i))) {
                    candidates.add(part.get(i));
                }
            }
        }
        candidates.forEach(column -> verify(session, column));
    }

    private static boolean isOrdered(double[] values) {
        boolean rising = true;
        boolean falling = true;
        double before = Double.NaN;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                rising &= !(value < before);
                falling &= !(value > before);
                before = value;
            }
        }
        return rising || falling;
    }

    private static void verify(ProfileSession session, ColumnBuilder column) {
        SqlRow row = session.row("SELECT count(*) FILTER (v < p), count(*) FILTER (v > p), count(*) FILTER (v = p) FROM"
                + " (SELECT v, lag(v) OVER () AS p FROM (SELECT " + column.sql() + " AS v FROM " + ProfileSession.DATA
                + " WHERE " + column.sql() + " IS NOT NULL))");
        long falls = row.asLong();
        long rises = row.asLong();
        long equals = row.asLong();
        if (falls == 0 && rises > 0) {
            column.order = equals == 0 ? Order.STRICTLY_RISING : Order.RISING;
        } else if (rises == 0 && falls > 0) {
            column.order = equals == 0 ? Order.STRICTLY_FALLING : Order.FALLING;
        }
    }
}
