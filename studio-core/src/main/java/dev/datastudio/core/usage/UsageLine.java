package dev.datastudio.core.usage;

import java.time.Instant;
import java.util.Objects;

/**
 * How one quota stands. Immutable.
 *
 * @param quota what it is about
 * @param used how much was used or is reserved
 * @param limit how much may be used; {@link Long#MAX_VALUE} for no limit
 * @param resetsAt when it begins at 0 again
 */
public record UsageLine(QuotaLimits.Quota quota, long used, long limit, Instant resetsAt) {
    public UsageLine {
        Objects.requireNonNull(quota, "quota");
        Objects.requireNonNull(resetsAt, "resetsAt");
    }
}
