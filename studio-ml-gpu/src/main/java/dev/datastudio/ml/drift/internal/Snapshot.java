package dev.datastudio.ml.drift.internal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.ml.prepare.internal.RawColumn;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

/** What one column of the training rows looked like: how many rows in each bin. Immutable; written as JSON by its kind. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Snapshot.Numbers.class, name = "numbers"),
    @JsonSubTypes.Type(value = Snapshot.Words.class, name = "words"),
    @JsonSubTypes.Type(value = Snapshot.Texts.class, name = "texts")
})
public sealed interface Snapshot {
    /** Ranges of numbers. */
    int RANGES = 10;

    /** Words that have a bin of their own. */
    int MOST_WORDS = 20;

    /** Words that are recorded, to tell those that are new. */
    int MOST_KNOWN = 1_000;

    /** Above that share of different values, words are texts. */
    double MOSTLY_DIFFERENT = 0.5;

    String column();

    /** How many training rows lay in each bin; the last is for missing values. */
    List<Long> counts();

    /** The bin of a row, below {@code counts().size()}. */
    int bin(RawColumn raw, int row);

    /** Whether a row is beyond what training has seen. */
    boolean isOutside(RawColumn raw, int row);

    /** What the bins are called, without that of missing values. */
    @JsonIgnore
    List<String> names();

    /** What a column is compared by. */
    static Snapshot of(RawColumn raw) {
        if (raw instanceof RawColumn.Words words) {
            return ofWords(words);
        }
        RawColumn.Numbers numbers = (RawColumn.Numbers) raw;
        double[] sorted = sorted(numbers.values());
        double low = sorted.length == 0 ? 0 : sorted[0];
        double high = sorted.length == 0 ? 0 : sorted[sorted.length - 1];
        Numbers empty = new Numbers(raw.name(), raw.type(), edges(sorted), low, high, List.of());
        return new Numbers(raw.name(), raw.type(), empty.edges(), low, high, counted(empty, raw));
    }

    private static Snapshot ofWords(RawColumn.Words raw) {
        Map<String, Long> counts = new HashMap<>();
        for (int row = 0; row < raw.rows(); row++) {
            if (!raw.isMissing(row)) {
                counts.merge(raw.text(row), 1L, Long::sum);
            }
        }
        long present = counts.values().stream().mapToLong(Long::longValue).sum();
        if (counts.size() > MOST_WORDS && counts.size() > MOSTLY_DIFFERENT * present) {
            double[] lengths = IntStream.range(0, raw.rows())
                    .filter(row -> !raw.isMissing(row))
                    .mapToDouble(row -> raw.text(row).length())
                    .toArray();
            Texts empty = new Texts(raw.name(), edges(sorted(lengths)), List.of());
            return new Texts(raw.name(), empty.edges(), counted(empty, raw));
        }
        List<String> known = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
                .limit(MOST_KNOWN)
                .map(Map.Entry::getKey)
                .toList();
        boolean isAll = known.size() == counts.size();
        Words empty = new Words(raw.name(), known, isAll, List.of());
        return new Words(raw.name(), known, isAll, counted(empty, raw));
    }

    private static List<Long> counted(Snapshot empty, RawColumn raw) {
        long[] counts = new long[empty.names().size() + 1];
        for (int row = 0; row < raw.rows(); row++) {
            counts[raw.isMissing(row) ? counts.length - 1 : empty.bin(raw, row)]++;
        }
        return Arrays.stream(counts).boxed().toList();
    }

    private static double[] sorted(double[] values) {
        return Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
    }

    /** Upper edges of ranges of about as many rows each, but the last range, which has none. */
    private static List<Double> edges(double[] sorted) {
        List<Double> edges = new ArrayList<>();
        for (int i = 1; i < RANGES && sorted.length > 0; i++) {
            double edge = sorted[(int) Math.min(sorted.length - 1L, (long) sorted.length * i / RANGES)];
            boolean isNew = edges.isEmpty() || edge > edges.get(edges.size() - 1);
            if (isNew && edge < sorted[sorted.length - 1]) {
                edges.add(edge);
            }
        }
        return edges;
    }

    private static int range(List<Double> edges, double value) {
        int at = 0;
        while (at < edges.size() && value > edges.get(at)) {
            at++;
        }
        return at;
    }

    private static List<String> ranges(List<Double> edges, DoubleFunction<String> words) {
        if (edges.isEmpty()) {
            return List.of("any");
        }
        List<String> names = new ArrayList<>();
        names.add("up to " + words.apply(edges.get(0)));
        for (int i = 1; i < edges.size(); i++) {
            names.add(words.apply(edges.get(i - 1)) + " to " + words.apply(edges.get(i)));
        }
        names.add("above " + words.apply(edges.get(edges.size() - 1)));
        return names;
    }

    /**
     * Numbers and points in time.
     *
     * @param edges the upper ends of all ranges but the last, rising
     * @param low the least value
     * @param high the greatest
     */
    record Numbers(String column, ColumnType type, List<Double> edges, double low, double high, List<Long> counts)
            implements Snapshot {
        public Numbers {
            edges = List.copyOf(edges);
            counts = List.copyOf(counts);
        }

        @Override
        public int bin(RawColumn raw, int row) {
            return range(edges, ((RawColumn.Numbers) raw).values()[row]);
        }

        @Override
        public boolean isOutside(RawColumn raw, int row) {
            double value = ((RawColumn.Numbers) raw).values()[row];
            return value < low || value > high;
        }

        @Override
        public List<String> names() {
            return ranges(edges, this::text);
        }

        private String text(double value) {
            if (type.isTemporal()) {
                return LocalDate.ofEpochDay((long) Math.floor(value)).toString();
            }
            return value == Math.rint(value) && Math.abs(value) < 1e15
                    ? String.valueOf((long) value)
                    : String.format(Locale.ROOT, "%.4g", value);
        }
    }

    /**
     * Words that return.
     *
     * @param known the most frequent first
     * @param isAll whether training had no others
     */
    record Words(String column, List<String> known, boolean isAll, List<Long> counts) implements Snapshot {
        public Words {
            known = List.copyOf(known);
            counts = List.copyOf(counts);
        }

        @Override
        public int bin(RawColumn raw, int row) {
            int place = known.indexOf(raw.text(row));
            return place < 0 ? Math.min(MOST_WORDS, known.size()) : Math.min(MOST_WORDS, place);
        }

        @Override
        public boolean isOutside(RawColumn raw, int row) {
            return isAll && !known.contains(raw.text(row));
        }

        @Override
        public List<String> names() {
            List<String> names = new ArrayList<>(known.subList(0, Math.min(MOST_WORDS, known.size())));
            names.add("others");
            return names;
        }
    }

    /**
     * Texts, by how long they are.
     *
     * @param edges of numbers of characters
     */
    record Texts(String column, List<Double> edges, List<Long> counts) implements Snapshot {
        public Texts {
            edges = List.copyOf(edges);
            counts = List.copyOf(counts);
        }

        @Override
        public int bin(RawColumn raw, int row) {
            return range(edges, raw.text(row).length());
        }

        @Override
        public boolean isOutside(RawColumn raw, int row) {
            return false;
        }

        @Override
        public List<String> names() {
            return ranges(edges, value -> (long) value + " characters");
        }
    }
}
