package dev.datastudio.core.profile;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a data set holds: overview, columns, how they hang together, and what deserves a look. Each number says where it
 * is not exact. Immutable.
 *
 * @param name of the data set
 * @param contentHash of the version that was profiled
 * @param overview the whole in numbers
 * @param alerts the most important first
 * @param columns in the order of the data set
 * @param correlations by measure; without those that no two columns have
 * @param keys columns, or pairs of columns, that tell each row from all others; single columns first
 * @param dependencies columns whose value tells another column's value
 * @param missingBlocks where values are missing, from the first rows to the last; empty when none is
 * @param sample some rows
 * @param notes what was left out or sampled, whole sentences
 */
public record DatasetProfile(
        String name,
        String contentHash,
        Overview overview,
        List<ProfileAlert> alerts,
        List<ColumnDetails> columns,
        List<CorrelationMatrix> correlations,
        List<Key> keys,
        List<Dependency> dependencies,
        List<MissingBlock> missingBlocks,
        Sample sample,
        List<String> notes) {
    public DatasetProfile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(contentHash, "contentHash");
        Objects.requireNonNull(overview, "overview");
        Objects.requireNonNull(sample, "sample");
        alerts = List.copyOf(alerts);
        columns = List.copyOf(columns);
        correlations = List.copyOf(correlations);
        keys = List.copyOf(keys);
        dependencies = List.copyOf(dependencies);
        missingBlocks = List.copyOf(missingBlocks);
        notes = List.copyOf(notes);
    }

    /**
     * The whole in numbers. Immutable.
     *
     * @param rows at least 0
     * @param columns at least 1
     * @param storedBytes size of the stored table on disk
     * @param memoryBytes about what the values take in memory, uncompressed
     * @param missingCells cells without a value
     * @param rowsWithMissing rows that lack at least one value
     * @param duplicateRows rows that are equal to one before them
     * @param sampleRows rows that sampled measures were computed from
     */
    public record Overview(
            long rows,
            int columns,
            long storedBytes,
            long memoryBytes,
            long missingCells,
            long rowsWithMissing,
            long duplicateRows,
            long sampleRows) {
        /** The part of the cells without a value, 0 to 1. */
        public double missingShare() {
            return rows == 0 ? 0 : (double) missingCells / rows / columns;
        }

        /** The part of the rows that are equal to one before them, 0 to 1. */
        public double duplicateShare() {
            return rows == 0 ? 0 : (double) duplicateRows / rows;
        }
    }

    /**
     * Columns that tell each row from all others, none of them with a missing value. Immutable.
     *
     * @param columns one or two
     */
    public record Key(List<String> columns) {
        public Key {
            columns = List.copyOf(columns);
        }
    }

    /**
     * A column whose value tells another's: rows that are equal in the first are equal in the second, rows without one
     * of the two aside. Checked on all rows. Immutable.
     *
     * @param determinant the column that tells
     * @param dependent the column that is told
     */
    public record Dependency(String determinant, String dependent) {
        public Dependency {
            Objects.requireNonNull(determinant, "determinant");
            Objects.requireNonNull(dependent, "dependent");
        }
    }

    /**
     * Rows next to each other, and how many of them lack a value. Immutable.
     *
     * @param firstRow from 1
     * @param rows how many
     * @param missing rows without a value, by column in the data set's order
     */
    public record MissingBlock(long firstRow, long rows, List<Long> missing) {
        public MissingBlock {
            missing = List.copyOf(missing);
        }
    }

    /**
     * Some rows as text, cut at 200 characters a value; a missing value is an empty optional. Immutable.
     *
     * @param head the first rows
     * @param tail the last rows that are not among the first
     * @param duplicates some of the rows that stand more than once, and how often
     */
    public record Sample(List<Row> head, List<Row> tail, List<DuplicateRow> duplicates) {
        public Sample {
            head = List.copyOf(head);
            tail = List.copyOf(tail);
            duplicates = List.copyOf(duplicates);
        }
    }

    /**
     * One row. Immutable.
     *
     * @param number from 1
     * @param values by column in the data set's order
     */
    public record Row(long number, List<Optional<String>> values) {
        public Row {
            values = List.copyOf(values);
        }
    }

    /**
     * A row that stands more than once. Immutable.
     *
     * @param row where it stands first
     * @param count how often it stands
     */
    public record DuplicateRow(Row row, long count) {
        public DuplicateRow {
            Objects.requireNonNull(row, "row");
        }
    }
}
