package dev.datastudio.ml.explore;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import java.util.Objects;

/**
 * How an exploration goes. Immutable.
 *
 * @param keepAs the name of a new data set with what was found of each row; empty for none
 * @param cancellation stops it within a second; nothing of it stays
 * @param progress told how far it is, also by several threads, one at a time
 */
public record ExploreOptions(String keepAs, Cancellation cancellation, ProgressListener progress) {
    /** No new data set, nobody who watches or stops. */
    public static final ExploreOptions DEFAULT = new ExploreOptions("", Cancellation.none(), ProgressListener.NONE);

    public ExploreOptions {
        Objects.requireNonNull(keepAs, "keepAs");
        Objects.requireNonNull(cancellation, "cancellation");
        Objects.requireNonNull(progress, "progress");
    }

    /** With a new data set of that name. */
    public ExploreOptions keepingAs(String name) {
        return new ExploreOptions(name, cancellation, progress);
    }

    /** Stopped by this. */
    public ExploreOptions stoppedBy(Cancellation other) {
        return new ExploreOptions(keepAs, other, progress);
    }

    /** With somebody who is told how far it is. */
    public ExploreOptions telling(ProgressListener other) {
        return new ExploreOptions(keepAs, cancellation, other);
    }
}
