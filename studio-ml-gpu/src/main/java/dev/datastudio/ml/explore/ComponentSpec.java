package dev.datastudio.ml.explore;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.explore.internal.Checks;
import java.util.List;

/**
 * Which principal components are looked for. Immutable.
 *
 * @param columns that vary together; empty for all numbers. Words that are named become a feature a value
 * @param components how many, 1 to 50, of which there are at most as many as features; 0 for so many that they explain
 *     90 % of the variance, at least 2 and at most 10
 */
public record ComponentSpec(List<String> columns, int components) implements ExploreSpec {
    /** Of all numbers, as many as explain nine tenths. */
    public static final ComponentSpec DEFAULT = new ComponentSpec(List.of(), 0);

    /** @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} if a value is out of its range */
    public ComponentSpec {
        columns = List.copyOf(columns);
        Checks.range("components", components, 0, 50);
    }

    /** Of these columns only. */
    public ComponentSpec of(List<String> others) {
        return new ComponentSpec(others, components);
    }

    /** Of these columns only. */
    public ComponentSpec of(String... others) {
        return of(List.of(others));
    }

    /** That many. */
    public ComponentSpec keeping(int count) {
        return new ComponentSpec(columns, count);
    }
}
