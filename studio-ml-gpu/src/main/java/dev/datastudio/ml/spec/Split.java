package dev.datastudio.ml.spec;

import dev.datastudio.ml.algorithm.Parameter;
import dev.datastudio.ml.algorithm.internal.Parameters;

/**
 * Which rows the model is judged on, and never sees before. Of classes each part gets its share. Without a column they
 * are drawn by the seed. Immutable.
 */
public record Split(
        @Parameter(byDefault = "0.2", min = 0.05, max = 0.5, meaning = "share of the rows that the model is judged on")
        double testShare,

        @Parameter(byDefault = "", meaning = "judged on the latest rows by this column; empty for rows drawn by chance")
        String timeColumn,

        @Parameter(byDefault = "", meaning = "rows with the same value of this column stay together; empty for none")
        String groupColumn) {
    /** With the defaults. */
    public static final Split DEFAULT = Parameters.defaults(Split.class);

    /** @throws dev.datastudio.api.error.StudioException with {@code INVALID_ARGUMENT} if a value is out of its range */
    public Split {
        Parameters.check(Split.class, testShare, timeColumn, groupColumn);
    }
}
