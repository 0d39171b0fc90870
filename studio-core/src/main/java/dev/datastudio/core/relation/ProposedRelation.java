package dev.datastudio.core.relation;

import dev.datastudio.api.relation.Evidence;
import dev.datastudio.api.relation.Key;
import java.util.Objects;

/**
 * A relation that somebody believes in before the data was asked. Immutable.
 *
 * @param from the referring side
 * @param to the side referred to
 * @param by who says so, and why
 */
public record ProposedRelation(Key from, Key to, Evidence by) {
    public ProposedRelation {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(by, "by");
    }
}
