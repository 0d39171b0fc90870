package dev.datastudio.ml.explore.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.explore.ExploreSpec;
import dev.datastudio.ml.explore.ForecastSpec;

/** Checks what specs hold. */
public final class Checks {
    private Checks() {}

    /**
     * Refuses a number that is out of its range, or none.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT}
     */
    public static void range(String name, double value, double min, double max) {
        if (!(value >= min && value <= max)) { // also when it is no number
            throw wrong(
                    "The parameter " + name + " must be between " + plain(min) + " and " + plain(max) + ", was "
                            + StudioException.quote(plain(value)),
                    "Give a value in that range");
        }
    }

    /**
     * Refuses to keep a model of what is none.
     *
     * @param name of the model; empty when none is kept
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT}
     */
    public static void keepable(ExploreSpec spec, String name) {
        if (spec instanceof ForecastSpec && !name.isBlank()) {
            throw wrong(
                    "A forecast is no model of new rows, and can't be kept as one",
                    "Leave the name of the model out; the same spec on new data makes a new forecast");
        }
    }

    public static StudioException wrong(String what, String mend) {
        return new StudioException(ErrorCode.INVALID_ARGUMENT, what, mend);
    }

    private static String plain(double value) {
        if (!Double.isFinite(value)) {
            return String.valueOf(value);
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : java.math.BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
