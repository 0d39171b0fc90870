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
 * is not indexed at all, because a word that could be any of thousands of names says little. A column holds at most
 * about 1 MB.
 */
public final class ValueIndex implements ValueLookup {
    /** The most values of one column; a column with more is left out whole. */
    public static final int MAX_VALUES = 5_000;

    /** Values of this many characters and longer are left out. */
    public static final int MAX_LENGTH = 100;

    private final Map<Key, List<String>> values;

    private ValueIndex(Map<Key, List<String>> values) {
        this.values = Map.copyOf(values);
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
            values.put(Key.of(dataset, column), kept);
            return this;
        }

        /** The index. */
        public ValueIndex build() {
            return new ValueIndex(values);
        }
    }
}
