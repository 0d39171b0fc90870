package dev.datastudio.ml.tune;

import dev.datastudio.ml.algorithm.Algorithm;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * One spec that was tried. Immutable.
 *
 * @param algorithm with its parameters
 * @param rows how many rows took part; a first look is at some of them only
 * @param folds the main metric (accuracy of classes, R2 of numbers) of each fold of the cross-validation; empty when it
 *     came to no end
 * @param took how long
 * @param problem why it came to no end; empty when it did
 */
public record Try(Algorithm algorithm, long rows, List<Double> folds, Duration took, String problem) {
    public Try {
        Objects.requireNonNull(algorithm, "algorithm");
        Objects.requireNonNull(took, "took");
        Objects.requireNonNull(problem, "problem");
        folds = List.copyOf(folds);
    }

    /** The mean over the folds; negative infinity when it came to no end. */
    public double score() {
        return folds.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NEGATIVE_INFINITY);
    }
}
