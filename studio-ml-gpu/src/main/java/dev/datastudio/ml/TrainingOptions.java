package dev.datastudio.ml;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import java.util.Objects;

/**
 * How a training goes. Immutable.
 *
 * @param name what the model is called, at most 200 characters; empty for one made of data set and target. Models of one
 *     name are versions of each other
 * @param description what people should know of it, at most 2,000 characters; may be empty
 * @param limits how much of the machine it may take
 * @param cancellation stops it; nothing of it stays
 * @param progress told how far it is, also by several threads, one at a time
 */
public record TrainingOptions(
        String name, String description, TrainingLimits limits, Cancellation cancellation, ProgressListener progress) {
    /** No name, nobody who watches or stops. */
    public static final TrainingOptions DEFAULT =
            new TrainingOptions("", "", TrainingLimits.NONE, Cancellation.none(), ProgressListener.NONE);

    /** How long a name may be. */
    public static final int MAX_NAME = 200;

    /** How long a description may be. */
    public static final int MAX_DESCRIPTION = 2_000;

    /** @throws IllegalArgumentException if a text is too long */
    public TrainingOptions {
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(cancellation, "cancellation");
        Objects.requireNonNull(progress, "progress");
        if (name.length() > MAX_NAME) {
            throw new IllegalArgumentException("name must have at most 200 characters, had " + name.length());
        }
        if (description.length() > MAX_DESCRIPTION) {
            throw new IllegalArgumentException(
                    "description must have at most 2000 characters, had " + description.length());
        }
    }

    /** With a name. */
    public TrainingOptions named(String other) {
        return new TrainingOptions(other, description, limits, cancellation, progress);
    }

    /** With a description. */
    public TrainingOptions described(String other) {
        return new TrainingOptions(name, other, limits, cancellation, progress);
    }

    /** With other limits. */
    public TrainingOptions within(TrainingLimits other) {
        return new TrainingOptions(name, description, other, cancellation, progress);
    }

    /** Stopped by this. */
    public TrainingOptions stoppedBy(Cancellation other) {
        return new TrainingOptions(name, description, limits, other, progress);
    }

    /** With somebody who is told how far it is. */
    public TrainingOptions telling(ProgressListener other) {
        return new TrainingOptions(name, description, limits, cancellation, other);
    }
}
