package dev.datastudio.ml.explore.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;

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
