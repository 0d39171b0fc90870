package dev.datastudio.agents.planner;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.Dataset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Stored values held in memory. Immutable.
 *
 * <p>Blank values and values of 100 characters or more are left out; a column with more than {@link #MAX_VALUES} values
 * is not indexed at all, because a word that could be any of thousands of names says little. Nor is a column whose values
 * take more than {@link #MAX_COLUMN_BYTES}; {@link #bytes()} says what all take.
 */
public final class ValueIndex implements ValueLookup {
    /** The most values of one column; a column with more is left out whole. */
    public static final int MAX_VALUES = 5_000;

    /** Values of this many characters and longer are left out. */
    public static final int MAX_LENGTH = 100;

    /** The most memory that the values of one column may take; a column with more is left out whole. */
    public static final long MAX_COLUMN_BYTES = 1_000_000;

    /** A string of a JVM with compressed references: its own object, its array's head, its place in a list. */
    private static final long BYTES_OF_STRING = 56;

    private final Map<Key, List<String>> values;
    private final long bytes;

    private ValueIndex(Map<Key, List<String>> values) {
        this.values = Map.copyOf(values);
        this.bytes = values.values().stream().mapToLong(ValueIndex::bytes).sum();
    }

    /** About how much memory all values take, in bytes: two for each character, and each string's own. */
    public long bytes() {
        return bytes;
    }

    private static long bytes(List<String> strings) {
        return strings.stream()
                .mapToLong(s -> BYTES_OF_STRING + 2L * s.length())
                .sum();
    }

    /** An index to be filled. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public List<String> values(Dataset dataset, Column column) {
        return values.getOrDefault(Key.of(dataset, column), List.of());
    }

    private record Key(String contentHash, String column) {
        static Key of(Dataset dataset, Column column) {
            return new Key(dataset.contentHash(), column.name().toLowerCase(Locale.ROOT));
        }
    }

    /** Fills a {@link ValueIndex}. Not thread-safe. */
    public static final class Builder {
        private final Map<Key, List<String>> values = new HashMap<>();

        private Builder() {}

        /** Adds a column with its distinct values; replaces what was there. */
        public Builder add(Dataset dataset, Column column, Collection<String> distinct) {
            Objects.requireNonNull(distinct, "distinct");
            List<String> kept = distinct.size() > MAX_VALUES
                    ? List.of()
                    : distinct.stream()
                            .filter(v -> !v.isBlank() && v.length() < MAX_LENGTH)
                            .distinct()
                            .toList();
            values.put(Key.of(dataset, column), bytes(kept) > MAX_COLUMN_BYTES ? List.of() : kept);
            return this;
        }

        /** The index. */
        public ValueIndex build() {
            return new ValueIndex(values);
        }
    }
}
