package dev.datastudio.agents.figure.internal;

import dev.datastudio.agents.figure.internal.Calendar.Day;
import java.util.List;

/**
 * A number, date or time as an answer states it. Immutable.
 *
 * @param start where it begins in the answer
 * @param end the index after its last character
 * @param sentence the number of its sentence
 * @param value what is said
 * @param nearby what the words next to it say of it
 */
public record Statement(int start, int end, int sentence, Value value, Nearby nearby) {
    public Statement {
        if (start >= end) {
            throw new IllegalArgumentException("start must be less than end, was " + start + " and " + end);
        }
    }

    /** Whether it is a threshold by custom. */
    public boolean isCustomary() {
        return nearby.customary();
    }

    sealed interface Value {}

    /**
     * A number.
     *
     * @param readings at least one, the likelier first
     * @param isPlain whether it is a whole number in digits and nothing else
     */
    record Quantity(List<Reading> readings, boolean percent, boolean isPlain) implements Value {
        public Quantity {
            readings = List.copyOf(readings);
        }

        Reading first() {
            return readings.get(0);
        }

        /** How many digits it shows that say something. */
        boolean hasOneDigit() {
            return Math.abs(first().value()) < 9.5 * first().unit();
        }

        boolean isYear() {
            return isPlain && first().value() >= 1000 && first().value() < 3000;
        }
    }

    /** A date, or a part of one. */
    record Dated(List<Day> days) implements Value {
        public Dated {
            days = List.copyOf(days);
        }
    }

    /** A time of day, as hours and minutes. */
    record Clock(String time) implements Value {}
}
