package dev.datastudio.graph.policy;

/**
 * How many arrivals a node waits for. An arrival is a finished task of a node that an edge or a chosen route leads from;
 * each task of a fan-out is one. Immutable.
 *
 * @param kind which rule
 * @param count for a quorum how many, at least 1; 0 otherwise
 * @param rest what becomes of the branches that are still under way when enough have arrived
 */
public record Join(Kind kind, int count, Rest rest) {
    /** @throws IllegalArgumentException if the count does not fit the kind */
    public Join {
        if (kind == Kind.QUORUM ? count < 1 : count != 0) {
            throw new IllegalArgumentException("count must be at least 1 for a quorum and 0 otherwise, was " + count);
        }
        if (kind == Kind.ALL && rest == Rest.CANCEL) {
            throw new IllegalArgumentException("a join of all has no rest to cancel; use any() or quorum(n)");
        }
    }

    /** Waits for every branch under way that can still reach the node; what a node does when nothing is said. */
    public static Join all() {
        return new Join(Kind.ALL, 0, Rest.GO_ON);
    }

    /** Goes on at the first arrival. Later ones of the same branches are not counted again. */
    public static Join any() {
        return new Join(Kind.ANY, 0, Rest.GO_ON);
    }

    /**
     * Goes on when so many have arrived, or when no branch under way can still reach the node. Later arrivals of the same
     * branches are not counted again.
     *
     * @param count at least 1
     */
    public static Join quorum(int count) {
        return new Join(Kind.QUORUM, count, Rest.GO_ON);
    }

    /** As this, and whatever else could still have arrived is cancelled at once, also within its super-step. */
    public Join cancelRest() {
        return new Join(kind, count, Rest.CANCEL);
    }

    /** Which rule. */
    public enum Kind {
        ALL,
        ANY,
        QUORUM
    }

    /** What becomes of the branches that came too late. */
    public enum Rest {
        GO_ON,
        CANCEL
    }
}
