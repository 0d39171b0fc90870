package dev.datastudio.ml.explore;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import java.util.Objects;

/**
 * How an exploration goes. Immutable.
 *
 * @param keepAs the name of a new data set with what was found of each row; empty for none
 * @param keepModelAs the name of a model that tells of new rows what was found of these, at most 200 characters; empty for none.
 *     A forecast is none
 * @param cancellation stops it within a second; nothing of it stays
 * @param progress told how far it is, also by several threads, one at a time
 */
public record ExploreOptions(String keepAs, String keepModelAs, Cancellation cancellation, ProgressListener progress) {
    /** No new data set, nobody who watches or stops. */
    public static final ExploreOptions DEFAULT = new ExploreOptions("", "", Cancellation.none(), ProgressListener.NONE);

    private static final int MOST_NAME = 200;

    /** @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} if a name is too long or has control characters */
    public ExploreOptions {
        Objects.requireNonNull(keepAs, "keepAs");
        if (keepModelAs.length() > MOST_NAME) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The name of the model has " + keepModelAs.length() + " characters",
                    "Use at most " + MOST_NAME);
        }
        if (keepModelAs.strip().chars().anyMatch(Character::isISOControl)) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The name " + StudioException.quote(keepModelAs) + " has a line break or another control character",
                    "Use a name of one line");
        }
        Objects.requireNonNull(cancellation, "cancellation");
        Objects.requireNonNull(progress, "progress");
    }

    /** With a new data set of that name. */
    public ExploreOptions keepingAs(String name) {
        return new ExploreOptions(name, keepModelAs, cancellation, progress);
    }

    /** With a model of that name, which {@code Models} predicts with. */
    public ExploreOptions keepingModel(String name) {
        return new ExploreOptions(keepAs, name, cancellation, progress);
    }

    /** Stopped by this. */
    public ExploreOptions stoppedBy(Cancellation other) {
        return new ExploreOptions(keepAs, keepModelAs, other, progress);
    }

    /** With somebody who is told how far it is. */
    public ExploreOptions telling(ProgressListener other) {
        return new ExploreOptions(keepAs, keepModelAs, cancellation, other);
    }
}
