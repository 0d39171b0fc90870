package dev.datastudio.agents.planner;

import java.util.Locale;
import java.util.Objects;

/**
 * What some words of a question were taken for. Immutable.
 *
 * @param words as typed
 * @param kind what kind of thing they are
 * @param target the thing: a column's name, a stored value with its column, what a word does
 * @param how what led from the words to it: {@code name}, {@code part of the name}, {@code abbreviation}; empty where
 *     nothing but the words themselves
 */
public record WordLink(String words, Kind kind, String target, String how) {
    public WordLink {
        Objects.requireNonNull(words, "words");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(how, "how");
    }

    /** What words can be. */
    public enum Kind {
        COLUMN,
        VALUE,
        TABLE,
        /** A measure, condition or question that was taught. */
        TAUGHT,
        /** Says what is done: an aggregate, a grouping, a chart. */
        OPERATION,
        /** A number, date or quoted text. */
        CONSTANT,
        /** Said, but made no use of. */
        LEFT_OUT;

        /** The name in JSON: lower case. */
        public String jsonName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
