package dev.datastudio.agents.figure.internal;

/**
 * A number as it can be read from a text. Immutable.
 *
 * @param value finite
 * @param unit what one more in its last written digit adds, more than 0
 */
record Reading(double value, double unit) {
    Reading times(double factor) {
        return new Reading(value * factor, unit * factor);
    }

    Reading negated() {
        return new Reading(-value, unit);
    }

    /** The same where the zeros at the end of a whole number are rounding. */
    Reading coarse() {
        double coarse = unit;
        while (unit >= 1 && value != 0 && Math.abs(value) > coarse && value % (coarse * 10) == 0) {
            coarse *= 10;
        }
        return new Reading(value, coarse);
    }
}
