package dev.datastudio.core.dataset;

import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What rows become when they are stored: the next version of a name. Immutable.
 *
 * @param name what the data set is called
 * @param origin where the rows come from
 * @param notes whole sentences that {@link dev.datastudio.api.dataset.Dataset#warnings()} begins with
 * @param maxRows more rows than these are refused, at least 1
 * @param expectedRows how many there are about, for progress; -1 when it is not known
 * @param progress told how many rows are stored
 * @param cancellation stops the import; nothing of it stays
 */
public record ImportTarget(
        String name,
        Origin origin,
        List<String> notes,
        long maxRows,
        long expectedRows,
        ProgressListener progress,
        Cancellation cancellation) {
    public ImportTarget {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(cancellation, "cancellation");
        notes = List.copyOf(notes);
        if (maxRows < 1) {
            throw new IllegalArgumentException("maxRows must be at least 1, was " + maxRows);
        }
        if (expectedRows < -1) {
            throw new IllegalArgumentException("expectedRows must be at least -1, was " + expectedRows);
        }
    }

    /** A name for rows given by a program, without limit or listener. */
    public static ImportTarget named(String name) {
        return new ImportTarget(
                name,
                Origin.of(Origin.ROWS, ""),
                List.of(),
                Long.MAX_VALUE,
                -1,
                ProgressListener.NONE,
                Cancellation.none());
    }

    /** The same for rows that come from there. */
    public ImportTarget from(Origin origin) {
        return new ImportTarget(name, origin, notes, maxRows, expectedRows, progress, cancellation);
    }

    /** The same with one more sentence among the warnings. */
    public ImportTarget noting(String sentence) {
        List<String> more = new ArrayList<>(notes);
        more.add(sentence);
        return new ImportTarget(name, origin, more, maxRows, expectedRows, progress, cancellation);
    }

    /** The same, refusing more rows with LIMIT_EXCEEDED. */
    public ImportTarget atMost(long rows) {
        return new ImportTarget(name, origin, notes, rows, expectedRows, progress, cancellation);
    }

    /** The same with an estimate of how many rows there are; -1 when it is not known. */
    public ImportTarget expecting(long rows) {
        return new ImportTarget(name, origin, notes, maxRows, rows, progress, cancellation);
    }

    /** The same, reporting to a listener. */
    public ImportTarget reportingTo(ProgressListener progress) {
        return new ImportTarget(name, origin, notes, maxRows, expectedRows, progress, cancellation);
    }

    /** The same, stopped by a cancellation. */
    public ImportTarget stoppedBy(Cancellation cancellation) {
        return new ImportTarget(name, origin, notes, maxRows, expectedRows, progress, cancellation);
    }
}
