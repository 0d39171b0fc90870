package dev.datastudio.api.relation;

import java.util.Objects;

/**
 * One reason to believe in a relation. Immutable.
 *
 * @param kind what kind of reason
 * @param weight how much it says, 0 for nothing to 1 for certain
 * @param words the reason as a sentence, with its numbers
 */
public record Evidence(Kind kind, double weight, String words) {
    /** @throws IllegalArgumentException if the weight is not between 0 and 1 */
    public Evidence {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(words, "words");
        if (!(weight >= 0 && weight <= 1)) {
            throw new IllegalArgumentException("weight must be 0 to 1, was " + weight);
        }
    }

    /** What a reason is taken from. */
    public enum Kind {
        /** A foreign key that the database declares. */
        DECLARED,
        /** The names of columns and tables. */
        NAME,
        /** The values of one side are found on the other. */
        INCLUSION,
        /** A model proposed it. */
        MODEL,
        /** A person said so. */
        PERSON
    }
}
