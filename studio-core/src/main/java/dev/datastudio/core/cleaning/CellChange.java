package dev.datastudio.core.cleaning;

import java.util.Objects;
import java.util.Optional;

/**
 * A cell before and after a step. Immutable. Values are as texts, long ones cut.
 *
 * @param column its column after the step; before it, in a row that is removed
 * @param before empty when it was missing or its column was not there
 * @param after empty when it is missing now or its row is gone
 */
public record CellChange(String column, Optional<String> before, Optional<String> after) {
    public CellChange {
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
    }
}
