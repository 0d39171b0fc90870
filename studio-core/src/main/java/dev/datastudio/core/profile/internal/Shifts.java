package dev.datastudio.core.profile.internal;

import dev.datastudio.core.profile.ProfileComparison.ColumnShift;

/** Which columns of a comparison changed most. */
final class Shifts {
    /** N. Siddiqi, "Credit Risk Scorecards" (2006): below it a distribution is called stable. */
    private static final double STABLE = 0.1;

    private static final double DISTANCE = 0.1;
    private static final double MISSING = 0.05;

    private Shifts() {}

    /** Whether the shares, or those without a value, moved by more than chance and rounding explain at a glance. */
    static boolean isNotable(ColumnShift shift) {
        return shift.populationStability() >= STABLE
                || shift.kolmogorovSmirnov() >= DISTANCE
                || missing(shift) >= MISSING;
    }

    /** How far a column moved, from 0. */
    static double size(ColumnShift shift) {
        return Math.max(orZero(shift.populationStability()), orZero(shift.kolmogorovSmirnov())) + missing(shift);
    }

    private static double missing(ColumnShift shift) {
        return Math.abs(shift.newer().missingShare() - shift.older().missingShare());
    }

    private static double orZero(double value) {
        return Double.isNaN(value) ? 0 : value;
    }
}
