package dev.datastudio.agents.thought;

/**
 * What a state is worth. Immutable.
 *
 * @param value 0 for hopeless to 1 for solved
 * @param refused whether the latest thought is wrong, so that the state is never kept, however few there are
 * @param reason why, for whoever reads the tree; may be empty
 */
public record ThoughtScore(double value, boolean refused, String reason) {
    /** @throws IllegalArgumentException if the value is out of its range */
    public ThoughtScore {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("value must be in 0..1, was " + value);
        }
    }

    /** A score without a reason. */
    public static ThoughtScore of(double value) {
        return new ThoughtScore(value, false, "");
    }

    /** The score of a wrong thought. */
    public static ThoughtScore refused(String reason) {
        return new ThoughtScore(0, true, reason);
    }
}
