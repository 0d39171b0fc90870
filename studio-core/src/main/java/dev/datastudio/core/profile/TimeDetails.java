package dev.datastudio.core.profile;

import java.util.List;
import java.util.Objects;

/**
 * Which times a column covers. Immutable.
 *
 * @param grain the coarsest unit that all values stand on: days when no value has a time of day. It is coarser when the
 *     span has more than 200,000 of that unit
 * @param step units from one time to the next, as most often seen: 5 for every fifth year
 * @param first the earliest period as text
 * @param last the latest period as text
 * @param expected periods from the first to the last, by the step
 * @param present of these, periods with at least one row
 * @param gaps the longest runs of periods without a row, the longest first, at most ten
 */
public record TimeDetails(
        Grain grain, long step, String first, String last, long expected, long present, List<Gap> gaps) {
    public TimeDetails {
        Objects.requireNonNull(grain, "grain");
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(last, "last");
        gaps = List.copyOf(gaps);
    }

    /** Periods between the first and the last without a row. */
    public long missing() {
        return expected - present;
    }

    /** The part of the periods that has rows, 0 to 1. */
    public double coverage() {
        return expected == 0 ? 1 : (double) present / expected;
    }

    /** Units of time, from coarse to fine. */
    public enum Grain {
        YEAR,
        MONTH,
        DAY,
        HOUR,
        MINUTE,
        SECOND
    }

    /**
     * A time without rows. Immutable.
     *
     * @param from the first period without a row
     * @param to the last period without a row
     * @param periods how many
     */
    public record Gap(String from, String to, long periods) {
        public Gap {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
        }
    }
}
