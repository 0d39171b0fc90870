package dev.datastudio.api.relation;

import java.util.List;
import java.util.Objects;

/**
 * Rows of one table belong to rows of another: the columns of {@code from} hold values of the columns of {@code to}.
 * Immutable. There is one relation between two keys, whatever is known of it.
 *
 * @param from the referring side, "many"
 * @param to the side referred to, where the columns name a row
 * @param score how sure it is, 0 to 1; what is below {@link #THRESHOLD} is a guess and not joined over
 * @param evidence why, the strongest first
 * @param status what people decided
 */
public record Relation(Key from, Key to, double score, List<Evidence> evidence, Status status) {
    /** The score from which a relation is used without asking. */
    public static final double THRESHOLD = 0.6;

    /** @throws IllegalArgumentException if the score is out of range or the sides differ in their number of columns */
    public Relation {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(status, "status");
        evidence = List.copyOf(evidence);
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("score must be 0 to 1, was " + score);
        }
        if (from.columns().size() != to.columns().size()) {
            throw new IllegalArgumentException("Both sides need equally many columns: " + from + ", " + to);
        }
    }

    /** Whether it may be joined over: accepted, or proposed with a score of at least {@link #THRESHOLD}. */
    public boolean isUsable() {
        return status == Status.ACCEPTED || (status == Status.PROPOSED && score >= THRESHOLD);
    }

    /** The same with another status. */
    public Relation withStatus(Status status) {
        return new Relation(from, to, score, evidence, status);
    }

    /** What people decided about a relation. */
    public enum Status {
        /** Nothing yet. */
        PROPOSED,
        /** It holds, whatever its score. */
        ACCEPTED,
        /** It does not hold, and is not proposed again. */
        REJECTED
    }
}
