package dev.datastudio.ml.drift.internal;

import dev.datastudio.ml.drift.ColumnDrift;
import dev.datastudio.ml.drift.ColumnDrift.Bin;
import dev.datastudio.ml.drift.Drift;
import dev.datastudio.ml.drift.Reading;
import dev.datastudio.ml.prepare.internal.RawColumn;
import dev.datastudio.ml.prepare.internal.RawTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts new rows beside those of training, some at a time. Not thread-safe. */
public final class DriftCount {
    private static final double MOVED = 0.1;
    private static final double DIFFERENT = 0.25;
    /** How often rows of the same kind are said to have moved in any of the columns (Bonferroni). */
    private static final double CHANCE = 0.05;
    /** New words that are counted; beyond them a column is full of them anyway. */
    private static final int MOST_COUNTED = 10_000;

    private final List<OfColumn> columns;
    private long rows;

    /** @param then what the columns looked like in training */
    public DriftCount(List<Snapshot> then) {
        this.columns = then.stream().map(OfColumn::new).toList();
    }

    /** Counts more rows. */
    public void add(RawTable table) {
        columns.forEach(each -> each.add(table.column(each.then.column())));
        rows += table.rows();
    }

    /** What came of it. */
    public Drift drift() {
        if (columns.isEmpty()) {
            return new Drift(
                    rows,
                    Reading.UNKNOWN,
                    List.of(),
                    "What the training rows looked like was not recorded with this model; train it again to compare.");
        }
        List<ColumnDrift> found = columns.stream()
                .map(each -> each.drift(rows, columns.size()))
                .sorted(Comparator.comparingDouble(each -> -each.index()))
                .toList();
        Reading worst = found.stream()
                .map(ColumnDrift::reading)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return new Drift(rows, worst, found, verdict(worst, found));
    }

    private String verdict(Reading worst, List<ColumnDrift> found) {
        if (rows == 0) {
            return "There are no rows to compare.";
        }
        if (worst == Reading.STABLE) {
            return "The rows look like those that the model learnt from.";
        }
        List<String> names = found.stream()
                .filter(each -> each.reading() == worst)
                .map(ColumnDrift::column)
                .toList();
        return worst == Reading.MOVED
                ? "The rows moved in " + String.join(", ", names) + ": look at them before you trust predictions."
                : "The rows are of another kind in " + String.join(", ", names)
                        + ": train the model again on rows like them.";
    }

    private static final class OfColumn {
        private final Snapshot then;
        private final long[] now;
        private final Map<String, Long> unseen = new HashMap<>();
        private long outside;

        OfColumn(Snapshot then) {
            this.then = then;
            this.now = new long[then.counts().size()];
        }

        void add(RawColumn raw) {
            for (int row = 0; row < raw.rows(); row++) {
                if (raw.isMissing(row)) {
                    now[now.length - 1]++;
                    continue;
                }
                now[then.bin(raw, row)]++;
                if (then.isOutside(raw, row)) {
                    outside++;
                    if (then instanceof Snapshot.Words
                            && (unseen.size() < MOST_COUNTED || unseen.containsKey(raw.text(row)))) {
                        unseen.merge(raw.text(row), 1L, Long::sum);
                    }
                }
            }
        }

        ColumnDrift drift(long rows, int columns) {
            long before = then.counts().stream().mapToLong(Long::longValue).sum();
            List<String> names = new ArrayList<>(then.names());
            names.add("missing");
            List<Bin> bins = new ArrayList<>();
            double index = 0;
            int used = 0;
            for (int i = 0; i < now.length; i++) {
                long first = then.counts().get(i);
                if (first + now[i] > 0) {
                    index += index(first, before, now[i], rows, now.length);
                    used++;
                    bins.add(new Bin(names.get(i), share(first, before), share(now[i], rows)));
                }
            }
            double byChance = byChance(used, before, rows, CHANCE / columns);
            Reading reading = rows == 0 || index <= byChance || index < MOVED
                    ? Reading.STABLE
                    : index < DIFFERENT ? Reading.MOVED : Reading.DIFFERENT;
            return new ColumnDrift(
                    then.column(),
                    rows == 0 ? 0 : index,
                    byChance,
                    reading,
                    share(then.counts().get(now.length - 1), before),
                    share(now[now.length - 1], rows),
                    share(outside, rows),
                    unseen.entrySet().stream()
                            .sorted(Map.Entry.<String, Long>comparingByValue()
                                    .reversed()
                                    .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
                            .limit(ColumnDrift.MOST_VALUES)
                            .map(Map.Entry::getKey)
                            .toList(),
                    bins);
        }

        /** One term, with half a row more in each bin, so that an empty one has a logarithm. */
        private static double index(long first, long before, long second, long rows, int bins) {
            double a = (first + 0.5) / (before + 0.5 * bins);
            double b = (second + 0.5) / (rows + 0.5 * bins);
            return (b - a) * Math.log(b / a);
        }

        private static double share(long some, long all) {
            return all == 0 ? 0 : some / (double) all;
        }

        /**
         * Times the harmonic number of rows, the index of equal distributions is about chi-squared (Yurdakul, 2018), whose
         * quantile is near enough by Wilson and Hilferty (1931).
         *
         * @param chance of a greater one
         */
        private static double byChance(int bins, long before, long rows, double chance) {
            int freedom = bins - 1;
            if (freedom < 1 || before == 0 || rows == 0) {
                return 0;
            }
            double part = 2.0 / (9.0 * freedom);
            double quantile = freedom * Math.pow(1 - part + normal(chance) * Math.sqrt(part), 3);
            return quantile * (1.0 / before + 1.0 / rows);
        }

        /** What a normal number is above with a chance below one half (Abramowitz and Stegun, 1964, 26.2.23). */
        private static double normal(double chance) {
            double t = Math.sqrt(-2 * Math.log(chance));
            return t
                    - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
        }
    }
}
