package dev.datastudio.core.dataset;

import java.util.List;

/**
 * What became of the rows of an import. Immutable.
 *
 * @param storedRows rows of the data set
 * @param rejectedRows rows of the file that could not be read and are not in the data set
 * @param firstRejected the first of them in the order of the file, at most {@link #MAX_LISTED}
 */
public record ImportReport(long storedRows, long rejectedRows, List<RejectedRow> firstRejected) {
    /** How many rejected rows are listed; the file of them holds all. */
    public static final int MAX_LISTED = 200;

    public ImportReport {
        firstRejected = List.copyOf(firstRejected);
        if (storedRows < 0 || rejectedRows < firstRejected.size()) {
            throw new IllegalArgumentException("storedRows must be at least 0 and rejectedRows at least "
                    + firstRejected.size() + ", were " + storedRows + " and " + rejectedRows);
        }
    }

    /**
     * A row that was left out.
     *
     * @param line where it begins in the file, from 1
     * @param reason why, a whole sentence without the row's content
     */
    public record RejectedRow(long line, String reason) {}
}
