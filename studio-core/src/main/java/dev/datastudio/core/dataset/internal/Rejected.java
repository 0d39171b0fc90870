package dev.datastudio.core.dataset.internal;

import dev.datastudio.core.dataset.ImportReport;
import dev.datastudio.core.dataset.ImportReport.RejectedRow;
import java.util.List;

/**
 * Rows that an import left out. Immutable.
 *
 * @param count how many
 * @param first the first of them, at most {@link ImportReport#MAX_LISTED}
 */
public record Rejected(long count, List<RejectedRow> first) {
    /** No row was left out. */
    public static final Rejected NONE = new Rejected(0, List.of());

    /** The file of them in the upload folder. */
    public static final String FILE = "rejected.csv";

    public Rejected {
        first = List.copyOf(first);
    }
}
