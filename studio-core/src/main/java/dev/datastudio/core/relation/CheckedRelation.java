package dev.datastudio.core.relation;

import dev.datastudio.api.relation.Relation;
import java.util.Objects;
import java.util.Optional;

/**
 * What the data says to a proposal. Immutable.
 *
 * @param proposal what was proposed
 * @param relation as it may be kept, with all evidence; empty when the data doesn't bear it out
 * @param words why the data bears it out or not, as a sentence
 */
public record CheckedRelation(ProposedRelation proposal, Optional<Relation> relation, String words) {
    public CheckedRelation {
        Objects.requireNonNull(proposal, "proposal");
        Objects.requireNonNull(relation, "relation");
        Objects.requireNonNull(words, "words");
    }

    /** Whether the data bears the proposal out. */
    public boolean isSupported() {
        return relation.isPresent();
    }
}
