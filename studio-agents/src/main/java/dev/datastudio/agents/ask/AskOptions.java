package dev.datastudio.agents.ask;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import java.util.Objects;

/**
 * How a question is answered. Immutable.
 *
 * @param maxRows rows kept in each step of the answer, at least 1; {@link Long#MAX_VALUE} for all
 * @param pictures whether charts are drawn as files
 * @param progress told how the answer comes on
 * @param cancellation stops it
 */
public record AskOptions(long maxRows, Pictures pictures, ProgressListener progress, Cancellation cancellation) {
    /** 1,000 rows, pictures drawn, nobody told, never cancelled. */
    public static final AskOptions DEFAULT =
            new AskOptions(1_000, Pictures.DRAW, ProgressListener.NONE, Cancellation.none());

    /** @throws IllegalArgumentException if maxRows is below 1 */
    public AskOptions {
        Objects.requireNonNull(pictures, "pictures");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(cancellation, "cancellation");
        if (maxRows < 1) {
            throw new IllegalArgumentException("maxRows must be at least 1, was " + maxRows);
        }
    }

    /** These options with another number of rows. */
    public AskOptions withMaxRows(long maxRows) {
        return new AskOptions(maxRows, pictures, progress, cancellation);
    }

    /** These options with or without pictures. */
    public AskOptions withPictures(Pictures pictures) {
        return new AskOptions(maxRows, pictures, progress, cancellation);
    }

    /** These options with another listener. */
    public AskOptions withProgress(ProgressListener progress) {
        return new AskOptions(maxRows, pictures, progress, cancellation);
    }

    /** These options with another way to stop. */
    public AskOptions withCancellation(Cancellation cancellation) {
        return new AskOptions(maxRows, pictures, progress, cancellation);
    }

    /** Whether charts are drawn as files. */
    public enum Pictures {
        DRAW,
        SKIP
    }
}
