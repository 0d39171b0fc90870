package dev.datastudio.ml;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.ml.tune.Budget;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be trained in the background. Immutable.
 *
 * @param dataset on what
 * @param spec by what; with a budget its algorithm does not matter
 * @param budget looks for the best algorithm within it; empty for the spec's own
 * @param name as of {@link TrainingOptions#name()}
 * @param description as of {@link TrainingOptions#description()}
 * @param time how long it may take from its start, 1 second to 30 days, longer than the budget
 * @param limits how much of the machine it may take; threads of 0 are the share of one training among those that run at
 *     once, and {@link Long#MAX_VALUE} bytes that share of the heap
 */
public record TrainingRequest(
        DatasetId dataset,
        TrainingSpec spec,
        Optional<Budget> budget,
        String name,
        String description,
        Duration time,
        TrainingLimits limits) {
    /** How long a training may take unless told. */
    public static final Duration DEFAULT_TIME = Duration.ofHours(6);

    private static final Duration LEAST_TIME = Duration.ofSeconds(1);
    private static final Duration MOST_TIME = Duration.ofDays(30);

    /** @throws IllegalArgumentException if a value is out of its range; {@code StudioException} if the best is looked for without a target */
    public TrainingRequest {
        Objects.requireNonNull(dataset, "dataset");
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(limits, "limits");
        TrainingOptions.DEFAULT.named(name).described(description);
        if (time.compareTo(LEAST_TIME) < 0 || time.compareTo(MOST_TIME) > 0) {
            throw new IllegalArgumentException("time must be in 1 s..30 days, was " + time);
        }
        if (budget.isPresent()) {
            Training.requireTarget(spec);
        }
        if (budget.isPresent() && budget.get().time().compareTo(time) >= 0) {
            throw new IllegalArgumentException("time must be longer than the budget of "
                    + budget.get().time() + ", as the best is trained after it, was " + time);
        }
    }

    /** A training by a spec, with a name made of data set and target. */
    public static TrainingRequest of(Dataset dataset, TrainingSpec spec) {
        return new TrainingRequest(dataset.id(), spec, Optional.empty(), "", "", DEFAULT_TIME, TrainingLimits.NONE);
    }

    /** The same, looking for the best algorithm within a budget. */
    public TrainingRequest bestWithin(Budget other) {
        return new TrainingRequest(dataset, spec, Optional.of(other), name, description, time, limits);
    }

    /** The same with another name. */
    public TrainingRequest named(String other) {
        return new TrainingRequest(dataset, spec, budget, other, description, time, limits);
    }

    /** The same with another description. */
    public TrainingRequest described(String other) {
        return new TrainingRequest(dataset, spec, budget, name, other, time, limits);
    }

    /** The same with another limit of time. */
    public TrainingRequest within(Duration other) {
        return new TrainingRequest(dataset, spec, budget, name, description, other, limits);
    }

    /** The same with other limits of the machine. */
    public TrainingRequest within(TrainingLimits other) {
        return new TrainingRequest(dataset, spec, budget, name, description, time, other);
    }
}
