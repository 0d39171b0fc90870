package dev.datastudio.ml.explore;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.explore.internal.Checks;
import java.util.List;

/**
 * Which rows are unusual: the same spec and data give the same scores. Immutable.
 *
 * @param columns that rows are judged by; empty for all numbers and all words with at most 1,000 different values
 * @param share of the rows that is called unusual, 0.0001 to 0.5
 * @param trees how many, 10 to 1,000
 * @param sampleRows on how many rows each tree grows, 16 to 4,096
 * @param shown how many of the strangest rows are told with their reasons, 1 to 100
 * @param seed of everything that is drawn by chance
 */
public record AnomalySpec(List<String> columns, double share, int trees, int sampleRows, int shown, long seed)
        implements ExploreSpec {
    /** One row in a hundred, with the 100 trees on 256 rows of the method's paper. */
    public static final AnomalySpec DEFAULT = new AnomalySpec(List.of(), 0.01, 100, 256, 10, 42);

    /** @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} if a value is out of its range */
    public AnomalySpec {
        columns = List.copyOf(columns);
        Checks.range("share", share, 0.0001, 0.5);
        Checks.range("trees", trees, 10, 1_000);
        Checks.range("sampleRows", sampleRows, 16, 4_096);
        Checks.range("shown", shown, 1, 100);
    }

    /** By these columns only. */
    public AnomalySpec by(List<String> others) {
        return new AnomalySpec(others, share, trees, sampleRows, shown, seed);
    }

    /** By these columns only. */
    public AnomalySpec by(String... others) {
        return by(List.of(others));
    }

    /** With another share of unusual rows. */
    public AnomalySpec expecting(double other) {
        return new AnomalySpec(columns, other, trees, sampleRows, shown, seed);
    }

    /** Telling of that many rows. */
    public AnomalySpec showing(int count) {
        return new AnomalySpec(columns, share, trees, sampleRows, count, seed);
    }

    /** With another seed. */
    public AnomalySpec seeded(long other) {
        return new AnomalySpec(columns, share, trees, sampleRows, shown, other);
    }
}
