package dev.datastudio.agents.figure;

import java.util.List;
import java.util.Objects;

/**
 * A number, date or time that an answer states, and what it rests on. Immutable.
 *
 * @param text as the answer writes it, with its sign, percent sign or scale word: {@code 3.2 million}
 * @param start where it begins in the answer, in characters from 0
 * @param basis what it rests on
 */
public record Figure(String text, int start, Basis basis) {
    public Figure {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(basis, "basis");
    }

    /** Where it ends in the answer: the index after its last character. */
    public int end() {
        return start + text.length();
    }

    /** Whether nothing supports it: such a figure is shown as flagged. */
    public boolean isUnsupported() {
        return basis instanceof Unsupported;
    }

    /** What a figure rests on. */
    public sealed interface Basis {}

    /** A tool result states it, up to the rounding that the answer shows. */
    public record Stated(Place place) implements Basis {
        public Stated {
            Objects.requireNonNull(place, "place");
        }
    }

    /**
     * It follows from figures that stand near it in the answer and are stated by tool results.
     *
     * @param operation how
     * @param operands where the numbers it follows from stand, in the order of the operation
     */
    public record Derived(Operation operation, List<Place> operands) implements Basis {
        public Derived {
            Objects.requireNonNull(operation, "operation");
            operands = List.copyOf(operands);
        }
    }

    /** It repeats a number of the question, which no tool result states. */
    public record Asked() implements Basis {}

    /** A threshold by custom, such as {@code p < 0.05} or {@code 95 % confidence}; whether it holds is not checked. */
    public record Customary() implements Basis {}

    /** No tool result states it, and it clearly follows from none. */
    public record Unsupported() implements Basis {}

    /** How a figure follows from others. */
    public enum Operation {
        /** One less the other, without its sign. */
        DIFFERENCE,
        /** All together. */
        SUM,
        /** One divided by the other; with a percent sign, a hundred times that. */
        RATIO,
        /** The difference divided by the second, a hundred times. */
        PERCENT_CHANGE,
        /** A hundred percent less the other. */
        REMAINDER
    }

    /**
     * A place in a tool result. Immutable.
     *
     * @param call the id of the call
     * @param tool the name of the tool
     * @param offset where the number begins in the result's text, in characters from 0
     * @param excerpt the line around it, up to 120 characters without control characters
     */
    public record Place(String call, String tool, int offset, String excerpt) {
        public Place {
            Objects.requireNonNull(call, "call");
            Objects.requireNonNull(tool, "tool");
            Objects.requireNonNull(excerpt, "excerpt");
        }
    }
}
