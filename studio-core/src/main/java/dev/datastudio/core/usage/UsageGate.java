package dev.datastudio.core.usage;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;

/** Lets something be used, or refuses it: {@link Usage}, or {@link #OPEN} where nothing is limited. Thread-safe. */
@FunctionalInterface
public interface UsageGate {
    /** Lets everything through and counts nothing. */
    UsageGate OPEN = (caller, measure, amount) -> Reservation.uncounted(amount);

    /**
     * Takes an amount of what is left to a caller.
     *
     * @param amount at least 0
     * @return to be settled or closed
     * @throws StudioException with {@link ErrorCode#QUOTA_EXCEEDED}
     */
    Reservation reserve(Caller caller, Measure measure, long amount);
}
