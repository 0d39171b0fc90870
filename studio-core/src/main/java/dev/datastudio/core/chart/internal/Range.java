package dev.datastudio.core.chart.internal;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.ValueFormat;

/** The part of an axis that a plot shows. Immutable. */
record Range(double min, double max) {
    private static final double LOG_PADDING = 0.04;

    /** Gathers the least and the greatest of many values, leaving out NaN and what the axis can't show. */
    static final class Finder {
        private final Axis axis;
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;

        Finder(Axis axis) {
            this.axis = axis;
        }

        void add(double value) {
            if (!Double.isNaN(value) && (value > 0 || axis.scale() == Axis.Scale.LINEAR)) {
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
        }

        /** Exactly from the least to the greatest value; wider when they are equal. */
        Range tight() {
            if (!(min <= max)) {
                return axis.scale() == Axis.Scale.LOG ? new Range(1, 10) : new Range(0, 1);
            }
            if (axis.scale() == Axis.Scale.LOG) {
                return min == max ? new Range(min / 2, max * 2) : new Range(min, max);
            }
            if (max - min > Math.max(Math.abs(min), Math.abs(max)) * 1e-12) {
                return new Range(min, max);
            }
            double half = axis.format() instanceof ValueFormat.Date
                    ? 86_400_000.0
                    : min == 0 ? 1 : Math.max(Math.abs(min) * 0.1, integral() ? 1 : 0);
            return new Range(min - half, max + half);
        }

        /** With some air at both ends, also below zero, so that what lies at zero is seen whole. */
        Range aired(double share) {
            return padded(share, -1);
        }

        /**
         * With some air at both ends, and from zero when the values come near it.
         *
         * @param share how much air, in lengths of the range
         * @param nearZero from zero when the value nearest to it is at most this share of the farthest; never when negative
         */
        Range padded(double share, double nearZero) {
            Range tight = tight();
            if (axis.scale() == Axis.Scale.LOG) {
                double factor = Math.pow(tight.max / tight.min, Math.max(share, LOG_PADDING));
                return new Range(tight.min / factor, tight.max * factor);
            }
            double air = (tight.max - tight.min) * share;
            boolean fromZero = min < max && min >= 0 && min <= max * nearZero && !isDate();
            boolean toZero = min < max && max <= 0 && max >= min * nearZero && !isDate();
            return new Range(fromZero ? 0 : tight.min - air, toZero ? 0 : tight.max + air);
        }

        /** From zero to the farthest values on either side, with some air beyond them. */
        Range withZero(double share) {
            double low = Math.min(0, min);
            double high = Math.max(0, max);
            if (!(low < high)) {
                return new Range(0, 1);
            }
            double air = (high - low) * share;
            return new Range(low < 0 ? low - air : 0, high > 0 ? high + air : 0);
        }

        private boolean integral() {
            return axis.format() instanceof ValueFormat.Whole;
        }

        private boolean isDate() {
            return axis.format() instanceof ValueFormat.Date;
        }
    }
}
