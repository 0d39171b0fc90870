package dev.datastudio.core.profile.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.profile.Accuracy;
import dev.datastudio.core.profile.ColumnDetails.Uniqueness;
import dev.datastudio.core.profile.ColumnDetails.ValueCount;
import java.util.ArrayList;
import java.util.List;

/**
 * Different values and the most frequent ones. Exact by grouping; only where that would need much time and memory, candidates
 * for the most frequent come from the sample (their counts are exact) and the different ones are counted by HyperLogLog.
 */
final class ValueScan {
    /** So many different values are grouped at most. */
    private static final long GROUPED_VALUES = 500_000;

    private final ProfileSession session;
    private final int topValues;

    ValueScan(ProfileSession session, int topValues) {
        this.session = session;
        this.topValues = topValues;
    }

    void run(List<ColumnBuilder> columns) {
        for (ColumnBuilder column : columns) {
            session.report("counting values", column.position, columns.size());
            if (!column.hasValues()) {
                continue;
            }
            if (!column.isScalar()) {
                column.distinct = Math.max(0, column.column.distinctCount());
                column.distinctAccuracy = Accuracy.APPROXIMATE;
            } else if (Math.min(column.count, about(column)) <= GROUPED_VALUES) {
                group(column);
            } else {
                estimate(column);
            }
        }
    }

    private static long about(ColumnBuilder column) {
        long known = column.column.distinctCount();
        return known < 0 ? Long.MAX_VALUE : known;
    }

    private static String value(ColumnBuilder column) {
        return column.isNumeric() && column.column.type() != ColumnType.INTEGER ? column.number() : column.sql();
    }

    private void group(ColumnBuilder column) {
        String top = "min({'n': -n, 'v': v}, " + topValues + ")";
        boolean measured = column.isText() && TextScan.isFolded(about(column));
        SqlRow row = session.row("SELECT count(*), coalesce(max(n), 0), [left(CAST(s.v AS VARCHAR), 500) for s in "
                + top + "], [-s.n for s in " + top + "]" + (measured ? ", " + TextScan.grouped() : "")
                + " FROM (SELECT "
                + value(column) + " AS v, count(*) AS n FROM " + ProfileSession.DATA + " WHERE " + column.sql()
                + " IS NOT NULL GROUP BY 1) WHERE v IS NOT NULL");
        column.distinct = row.asLong();
        column.uniqueness = row.asLong() == 1 ? Uniqueness.UNIQUE : Uniqueness.NOT_UNIQUE;
        column.top = pairs(row.asTexts(), row.asLongs());
        if (measured) {
            TextScan.readGrouped(column, row);
        }
    }

    private void estimate(ColumnBuilder column) {
        String value = value(column);
        String candidates = "(SELECT v FROM (SELECT " + value + " AS v, count(*) AS n FROM " + SampleTable.NAME
                + " GROUP BY 1) WHERE v IS NOT NULL ORDER BY n DESC, v LIMIT " + topValues + ")";
        List<String> values = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        for (SqlRow row : session.rows("SELECT left(CAST(v AS VARCHAR), 500), n FROM (SELECT " + value
                + " AS v, count(*) AS n FROM " + ProfileSession.DATA + " WHERE " + value + " IN " + candidates
                + " GROUP BY 1) ORDER BY n DESC, v")) {
            values.add(row.asText());
            counts.add(row.asLong());
        }
        column.top = pairs(values, counts);
        column.topAccuracy = Accuracy.SAMPLED;
        countDistinct(column, value);
    }

    /** A value that stands twice in the sample proves that the column is not unique; else all rows are asked. */
    private void countDistinct(ColumnBuilder column, String value) {
        SqlRow sample =
                session.row("SELECT count(" + value + ") - count(DISTINCT " + value + ") FROM " + SampleTable.NAME);
        boolean mayBeUnique = sample.asLong() == 0;
        String count = mayBeUnique ? "count(DISTINCT hash(" + value + "))" : "approx_count_distinct(" + value + ")";
        column.distinct = Math.min(
                column.count,
                session.row("SELECT " + count + " FROM " + ProfileSession.DATA + " WHERE " + value + " IS NOT NULL")
                        .asLong());
        column.distinctAccuracy = mayBeUnique ? Accuracy.EXACT : Accuracy.APPROXIMATE;
        column.uniqueness = mayBeUnique && column.distinct == column.count ? Uniqueness.UNIQUE : Uniqueness.NOT_UNIQUE;
    }

    private static List<ValueCount> pairs(List<String> values, List<Long> counts) {
        List<ValueCount> pairs = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            pairs.add(new ValueCount(values.get(i), counts.get(i)));
        }
        return pairs;
    }
}
