package dev.datastudio.ml.explore;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.explore.internal.Checks;
import java.util.List;

/**
 * Which groups are looked for: the same spec and data give the same groups. Immutable.
 *
 * @param columns that rows are compared by; empty for all numbers and all words with at most 30 different values
 * @param clusters how many groups, 2 to 50; 0 for the number from 2 to 10 with the best silhouette
 * @param restarts from how many random beginnings the best is taken, 1 to 100
 * @param seed of everything that is drawn by chance
 */
public record ClusterSpec(List<String> columns, int clusters, int restarts, long seed) implements ExploreSpec {
    /** All columns that rows can be compared by, as many groups as fit best. */
    public static final ClusterSpec DEFAULT = new ClusterSpec(List.of(), 0, 10, 42);

    /** @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} if a value is out of its range */
    public ClusterSpec {
        columns = List.copyOf(columns);
        if (clusters != 0) {
            Checks.range("clusters", clusters, 2, 50);
        }
        Checks.range("restarts", restarts, 1, 100);
    }

    /** By these columns only. */
    public ClusterSpec by(List<String> others) {
        return new ClusterSpec(others, clusters, restarts, seed);
    }

    /** By these columns only. */
    public ClusterSpec by(String... others) {
        return by(List.of(others));
    }

    /** Into that many groups. */
    public ClusterSpec into(int count) {
        return new ClusterSpec(columns, count, restarts, seed);
    }

    /** With another seed. */
    public ClusterSpec seeded(long other) {
        return new ClusterSpec(columns, clusters, restarts, other);
    }
}
