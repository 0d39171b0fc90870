package dev.datastudio.core.usage;

import java.util.HashMap;
import java.util.Map;

/**
 * How much may be used. Immutable; begins at {@link #NONE}, where nothing is limited.
 *
 * @param quotas for some scopes, measures and windows the most that may be used, at least 0
 * @param maxTokensPerJob how many tokens one job may use, at least 1; {@link Long#MAX_VALUE} for no limit
 */
public record QuotaLimits(Map<Quota, Long> quotas, long maxTokensPerJob) {
    /** No limits. */
    public static final QuotaLimits NONE = new QuotaLimits(Map.of(), Long.MAX_VALUE);

    /**
     * What a limit is about. Immutable.
     *
     * @param scope whose use
     * @param measure of what
     * @param window in which time
     */
    public record Quota(Scope scope, Measure measure, Window window) {}

    /** @throws IllegalArgumentException if a limit is out of range */
    public QuotaLimits {
        quotas = Map.copyOf(quotas);
        quotas.forEach((quota, max) -> {
            if (max < 0) {
                throw new IllegalArgumentException("The limit of " + quota + " must be at least 0, was " + max);
            }
        });
        if (maxTokensPerJob < 1) {
            throw new IllegalArgumentException("maxTokensPerJob must be at least 1, was " + maxTokensPerJob);
        }
    }

    /** With a limit for each person. */
    public QuotaLimits perUser(Measure measure, Window window, long max) {
        return with(new Quota(Scope.USER, measure, window), max);
    }

    /** With a limit for everybody of a tenant together. */
    public QuotaLimits perTenant(Measure measure, Window window, long max) {
        return with(new Quota(Scope.TENANT, measure, window), max);
    }

    /** With a limit for the tokens of one job. */
    public QuotaLimits maxTokensPerJob(long max) {
        return new QuotaLimits(quotas, max);
    }

    /** The limit of a quota; {@link Long#MAX_VALUE} when there is none. */
    public long of(Quota quota) {
        return quotas.getOrDefault(quota, Long.MAX_VALUE);
    }

    private QuotaLimits with(Quota quota, long max) {
        Map<Quota, Long> more = new HashMap<>(quotas);
        more.put(quota, max);
        return new QuotaLimits(more, maxTokensPerJob);
    }
}
