package dev.datastudio.core.quality;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** What a rule demands. A missing value breaks {@link NotNull} only. Immutable. */
public sealed interface QualityCheck {
    /** The columns that are looked at; none for {@link RowCount}. */
    List<String> columns();

    /**
     * Each row has a value.
     *
     * @param column which
     */
    record NotNull(String column) implements QualityCheck {
        public NotNull {
            requireName(column);
        }

        @Override
        public List<String> columns() {
            return List.of(column);
        }
    }

    /**
     * No two rows are equal in these columns; rows that lack one of them aside.
     *
     * @param columns at least one
     */
    record Unique(List<String> columns) implements QualityCheck {
        public Unique {
            columns = List.copyOf(columns);
            if (columns.isEmpty()) {
                throw new IllegalArgumentException("columns must not be empty");
            }
            columns.forEach(QualityCheck::requireName);
        }
    }

    /**
     * Numbers lie between two bounds, both included.
     *
     * @param column which
     * @param min negative infinity for none
     * @param max positive infinity for none
     */
    record Range(String column, double min, double max) implements QualityCheck {
        public Range {
            requireName(column);
            if (!(min <= max)) {
                throw new IllegalArgumentException("min must be at most max, were " + min + " and " + max);
            }
        }

        @Override
        public List<String> columns() {
            return List.of(column);
        }
    }

    /**
     * Values, as text, are among those of a list.
     *
     * @param column which
     * @param values 1 to 1,000
     */
    record AllowedValues(String column, List<String> values) implements QualityCheck {
        private static final int MAX_VALUES = 1_000;

        public AllowedValues {
            requireName(column);
            values = List.copyOf(values);
            if (values.isEmpty() || values.size() > MAX_VALUES) {
                throw new IllegalArgumentException("values must be 1 to " + MAX_VALUES + ", were " + values.size());
            }
        }

        @Override
        public List<String> columns() {
            return List.of(column);
        }
    }

    /**
     * Values, as text, match a regular expression from beginning to end.
     *
     * @param column which
     * @param regex in RE2's syntax, whose time grows with the text only; at most 1,000 characters
     */
    record Pattern(String column, String regex) implements QualityCheck {
        private static final int MAX_LENGTH = 1_000;

        public Pattern {
            requireName(column);
            Objects.requireNonNull(regex, "regex");
            if (regex.isEmpty() || regex.length() > MAX_LENGTH) {
                throw new IllegalArgumentException(
                        "regex must have 1 to " + MAX_LENGTH + " characters, had " + regex.length());
            }
        }

        @Override
        public List<String> columns() {
            return List.of(column);
        }
    }

    /**
     * Values are there in a column of another data set, in its newest version.
     *
     * @param column which
     * @param dataset the other one's name
     * @param otherColumn the other one's column
     */
    record Reference(String column, String dataset, String otherColumn) implements QualityCheck {
        public Reference {
            requireName(column);
            requireName(dataset);
            requireName(otherColumn);
        }

        @Override
        public List<String> columns() {
            return List.of(column);
        }
    }

    /**
     * The newest time is not older than so much; times without a zone are in the clock's.
     *
     * @param column dates or points in time
     * @param maxAge above zero
     */
    record Freshness(String column, Duration maxAge) implements QualityCheck {
        public Freshness {
            requireName(column);
            if (maxAge.isNegative() || maxAge.isZero()) {
                throw new IllegalArgumentException("maxAge must be above zero, was " + maxAge);
            }
        }

        @Override
        public List<String> columns() {
            return List.of(column);
        }
    }

    /**
     * The number of rows changes by no more than so much from the version before; the first version keeps it always.
     *
     * @param maxLoss the part of the rows that may go, 0 to 1
     * @param maxGrowth the part that may come, at least 0
     */
    record RowCount(double maxLoss, double maxGrowth) implements QualityCheck {
        public RowCount {
            if (!(maxLoss >= 0 && maxLoss <= 1 && maxGrowth >= 0)) {
                throw new IllegalArgumentException(
                        "maxLoss must be 0 to 1 and maxGrowth at least 0, were " + maxLoss + " and " + maxGrowth);
            }
        }

        @Override
        public List<String> columns() {
            return List.of();
        }
    }

    private static void requireName(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A name must not be blank");
        }
    }
}
