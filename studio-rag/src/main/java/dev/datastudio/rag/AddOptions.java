package dev.datastudio.rag;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.rag.document.Visibility;
import java.util.Objects;

/**
 * How a document is added. Immutable.
 *
 * @param name what it is called; empty for the name of its file. A name that is there already gets a new content
 * @param visibility who finds it
 * @param cancellation stops the work
 * @param progress told how far it is
 */
public record AddOptions(String name, Visibility visibility, Cancellation cancellation, ProgressListener progress) {
    /** The longest name, in characters. */
    public static final int MAX_NAME = 300;

    /** By its file name, for the one who adds it, to its end. */
    public static final AddOptions DEFAULT =
            new AddOptions("", Visibility.PRIVATE, Cancellation.none(), ProgressListener.NONE);

    /** @throws IllegalArgumentException if the name is too long */
    public AddOptions {
        Objects.requireNonNull(visibility, "visibility");
        Objects.requireNonNull(cancellation, "cancellation");
        Objects.requireNonNull(progress, "progress");
        if (name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "A name must have at most " + MAX_NAME + " characters, had " + name.length());
        }
    }

    /** These under another name. */
    public AddOptions named(String other) {
        return new AddOptions(other, visibility, cancellation, progress);
    }

    /** These for others. */
    public AddOptions visibleTo(Visibility others) {
        return new AddOptions(name, others, cancellation, progress);
    }

    /** These, to be stopped by somebody. */
    public AddOptions cancelledBy(Cancellation other) {
        return new AddOptions(name, visibility, other, progress);
    }

    /** These, telling somebody. */
    public AddOptions telling(ProgressListener other) {
        return new AddOptions(name, visibility, cancellation, other);
    }
}
