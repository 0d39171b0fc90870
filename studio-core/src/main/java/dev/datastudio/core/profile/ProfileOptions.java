package dev.datastudio.core.profile;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import java.util.Objects;

/**
 * How a profile is computed. Immutable.
 *
 * @param sampleRows rows that rank and association measures are computed from at most, 100 to 100,000
 * @param topValues how many of the most frequent values are named, 1 to 100
 * @param cancellation stops the work
 * @param progress told of each step
 */
public record ProfileOptions(int sampleRows, int topValues, Cancellation cancellation, ProgressListener progress) {
    /** 100,000 sampled rows, ten values, nobody watches. */
    public static final ProfileOptions DEFAULT =
            new ProfileOptions(100_000, 10, Cancellation.none(), ProgressListener.NONE);

    /** @throws IllegalArgumentException if a number is out of range */
    public ProfileOptions {
        Objects.requireNonNull(cancellation, "cancellation");
        Objects.requireNonNull(progress, "progress");
        if (sampleRows < 100 || sampleRows > 100_000) {
            throw new IllegalArgumentException("sampleRows must be in 100..100000, was " + sampleRows);
        }
        if (topValues < 1 || topValues > 100) {
            throw new IllegalArgumentException("topValues must be in 1..100, was " + topValues);
        }
    }

    /** With another sample. */
    public ProfileOptions withSampleRows(int rows) {
        return new ProfileOptions(rows, topValues, cancellation, progress);
    }

    /** With a way to stop it. */
    public ProfileOptions withCancellation(Cancellation cancellation) {
        return new ProfileOptions(sampleRows, topValues, cancellation, progress);
    }

    /** With somebody to be told. */
    public ProfileOptions withProgress(ProgressListener progress) {
        return new ProfileOptions(sampleRows, topValues, cancellation, progress);
    }
}
