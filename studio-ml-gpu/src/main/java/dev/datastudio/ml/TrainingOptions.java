package dev.datastudio.ml;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.ml.train.Checkpoints;
import dev.datastudio.ml.train.Epoch;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How a training goes. Immutable.
 *
 * @param name what the model is called, at most 200 characters; empty for one made of data set and target. Models of one
 *     name are versions of each other
 * @param description what people should know of it, at most 2,000 characters; may be empty
 * @param limits how much of the machine it may take
 * @param cancellation stops it; nothing of it stays
 * @param progress told how far it is, also by several threads, one at a time
 * @param checkpoints where deep models leave what they have learnt so far
 * @param epochs told each pass of a deep model, by the thread that trains; where it goes on from a checkpoint, those of
 *     before first
 */
public record TrainingOptions(
        String name,
        String description,
        TrainingLimits limits,
        Cancellation cancellation,
        ProgressListener progress,
        Checkpoints checkpoints,
        Consumer<Epoch> epochs) {
    /** No name, nobody who watches or stops. */
    public static final TrainingOptions DEFAULT = new TrainingOptions(
            "", "", TrainingLimits.NONE, Cancellation.none(), ProgressListener.NONE, Checkpoints.NONE, epoch -> {});

    /** How long a name may be. */
    public static final int MAX_NAME = 200;

    /** How long a description may be. */
    public static final int MAX_DESCRIPTION = 2_000;

    /** @throws IllegalArgumentException if a text is too long, or a name has control characters */
    public TrainingOptions {
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(cancellation, "cancellation");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(checkpoints, "checkpoints");
        Objects.requireNonNull(epochs, "epochs");
        if (name.length() > MAX_NAME) {
            throw new IllegalArgumentException("name must have at most 200 characters, had " + name.length());
        }
        if (name.strip().chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "name must have no line breaks or other control characters, was " + StudioException.quote(name));
        }
        if (description.length() > MAX_DESCRIPTION) {
            throw new IllegalArgumentException(
                    "description must have at most 2000 characters, had " + description.length());
        }
    }

    /** With a name. */
    public TrainingOptions named(String other) {
        return new TrainingOptions(other, description, limits, cancellation, progress, checkpoints, epochs);
    }

    /** With a description. */
    public TrainingOptions described(String other) {
        return new TrainingOptions(name, other, limits, cancellation, progress, checkpoints, epochs);
    }

    /** With other limits. */
    public TrainingOptions within(TrainingLimits other) {
        return new TrainingOptions(name, description, other, cancellation, progress, checkpoints, epochs);
    }

    /** Stopped by this. */
    public TrainingOptions stoppedBy(Cancellation other) {
        return new TrainingOptions(name, description, limits, other, progress, checkpoints, epochs);
    }

    /** With somebody who is told how far it is. */
    public TrainingOptions telling(ProgressListener other) {
        return new TrainingOptions(name, description, limits, cancellation, other, checkpoints, epochs);
    }

    /** Leaving what was learnt so far there, and going on from what is there. */
    public TrainingOptions keeping(Checkpoints other) {
        return new TrainingOptions(name, description, limits, cancellation, progress, other, epochs);
    }

    /** With somebody who is told each pass of a deep model, those of before a checkpoint first. */
    public TrainingOptions tellingEpochs(Consumer<Epoch> other) {
        return new TrainingOptions(name, description, limits, cancellation, progress, checkpoints, other);
    }
}
