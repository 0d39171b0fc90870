package dev.datastudio.api.chart;

import java.util.Objects;

/** How numbers of an axis, a bar or a slice are written. Immutable. */
public sealed interface ValueFormat {
    /** What stands behind the axis title in brackets: {@code $}, {@code kg}; empty for none. */
    String unit();

    /** A number of any size, without a unit. */
    static ValueFormat number() {
        return new Decimal("");
    }

    /** A number with a unit: {@code $}, {@code €}, {@code kg}; empty for none. */
    static ValueFormat number(String unit) {
        return new Decimal(unit);
    }

    /** A whole number, such as a count; its axis has no ticks between whole numbers. */
    static ValueFormat integer() {
        return new Whole("");
    }

    /** A share, where 0.25 is written {@code 25%}. */
    static ValueFormat percent() {
        return new Percent();
    }

    /** A moment, in milliseconds since 1970-01-01T00:00Z, written in UTC. */
    static ValueFormat date(DateGrain grain) {
        return new Date(grain);
    }

    /** Any number. */
    record Decimal(String unit) implements ValueFormat {
        public Decimal {
            Objects.requireNonNull(unit, "unit");
        }
    }

    /** A whole number. */
    record Whole(String unit) implements ValueFormat {
        public Whole {
            Objects.requireNonNull(unit, "unit");
        }
    }

    /** A share of one. */
    record Percent() implements ValueFormat {
        @Override
        public String unit() {
            return "";
        }
    }

    /** A moment in milliseconds since 1970-01-01T00:00Z; the grain is the finest step that is shown. */
    record Date(DateGrain grain) implements ValueFormat {
        public Date {
            Objects.requireNonNull(grain, "grain");
        }

        @Override
        public String unit() {
            return "";
        }
    }

    /** The step between the moments of a time axis, from fine to coarse. */
    enum DateGrain {
        SECOND,
        MINUTE,
        HOUR,
        DAY,
        WEEK,
        MONTH,
        QUARTER,
        YEAR
    }
}
