package dev.datastudio.core.usage;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.CounterAddition;
import dev.datastudio.api.metadata.CounterSums;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.usage.QuotaLimits.Quota;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Counts what people use and keeps them within their limits. What is about to be used is reserved first and settled
 * afterwards:
 *
 * <pre>{@code
 * try (Reservation tokens = usage.reserve(caller, Measure.TOKENS, 4_000)) {
 *     tokens.settle(model.answer(question).tokens());
 * } // what was not settled is given back
 * }</pre>
 *
 * <p>Exact when many reserve at once, also on several instances over one store. Thread-safe.
 */
public final class Usage implements UsageGate {
    private static final int TRIES = 3;

    private final MetadataStore store;
    private final InstantSource clock;
    private final QuotaLimits limits;

    private Usage(MetadataStore store, InstantSource clock, QuotaLimits limits) {
        this.store = Objects.requireNonNull(store, "store");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    /** Use that is counted in a store. */
    public static Usage in(MetadataStore store, InstantSource clock, QuotaLimits limits) {
        return new Usage(store, clock, limits);
    }

    /** How much may be used. */
    public QuotaLimits limits() {
        return limits;
    }

    /** The budget of one job, within the limit for jobs. */
    public TokenBudget tokensOfAJob() {
        return TokenBudget.of(limits.maxTokensPerJob());
    }

    /**
     * Takes an amount of what is left to a caller, in every window and scope, or nothing.
     *
     * @param amount at least 0
     * @return to be settled or closed; if neither happens, the amount counts until its windows end
     * @throws StudioException QUOTA_EXCEEDED with limit, use and the time of the next window
     */
    @Override
    public Reservation reserve(Caller caller, Measure measure, long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("amount must be at least 0, was " + amount);
        }
        Instant now = clock.instant();
        List<Quota> quotas = quotas(measure);
        List<CounterAddition> additions = additions(caller, quotas, now, amount);
        CounterSums sums = store.add(caller.tenant(), additions);
        // What stood against it may be given back before the sums are looked at.
        for (int tries = 1; tries < TRIES && !sums.added() && tightest(additions, sums) < 0; tries++) {
            sums = store.add(caller.tenant(), additions);
        }
        if (!sums.added()) {
            int at = Math.max(0, tightest(additions, sums));
            throw exceeded(caller, quotas.get(at), sums.sums().get(at), amount, now);
        }
        return new Reservation(store, caller.tenant(), additions, amount);
    }

    /** How all quotas of a caller stand now, by scope, measure and window. */
    public List<UsageLine> of(Caller caller) {
        Instant now = clock.instant();
        List<UsageLine> lines = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            for (Quota quota : quotas(measure)) {
                long used = store.sum(
                        caller.tenant(), counter(caller, quota), quota.window().beginning(now));
                lines.add(new UsageLine(
                        quota, used, limits.of(quota), quota.window().end(now)));
            }
        }
        return List.copyOf(lines);
    }

    private static List<Quota> quotas(Measure measure) {
        List<Quota> quotas = new ArrayList<>();
        for (Scope scope : Scope.values()) {
            for (Window window : Window.values()) {
                quotas.add(new Quota(scope, measure, window));
            }
        }
        return quotas;
    }

    /** Counted is everything, also where there is no limit: a limit set tomorrow knows what was used today. */
    private List<CounterAddition> additions(Caller caller, List<Quota> quotas, Instant now, long amount) {
        return quotas.stream()
                .map(quota -> {
                    Instant beginning = quota.window().beginning(now);
                    Duration length = Duration.between(beginning, quota.window().end(now));
                    return new CounterAddition(counter(caller, quota), beginning, length, amount, limits.of(quota));
                })
                .toList();
    }

    private static String counter(Caller caller, Quota quota) {
        String whose = quota.scope() == Scope.USER ? "user/" + caller.user() : "tenant";
        return "usage/" + quota.measure().words() + "/" + quota.window().words() + "/" + whose;
    }

    /** Which addition has its limit in the way; -1 when none has any more. */
    private static int tightest(List<CounterAddition> additions, CounterSums sums) {
        for (int i = additions.size() - 1; i >= 0; i--) {
            CounterAddition addition = additions.get(i);
            if (sums.sums().get(i) > addition.limit() - addition.amount()) {
                return i;
            }
        }
        return -1;
    }

    private StudioException exceeded(Caller caller, Quota quota, long used, long amount, Instant now) {
        String whose = quota.scope() == Scope.USER
                ? "User " + StudioException.quote(caller.user())
                : "Tenant " + StudioException.quote(caller.tenant());
        return StudioException.passing(
                ErrorCode.QUOTA_EXCEEDED,
                whose + " has used " + used + " of " + limits.of(quota) + " "
                        + quota.measure().words() + " of this " + quota.window().words() + " and asked for " + amount
                        + " more",
                "Try again after " + quota.window().end(now) + ", or have the limit raised",
                Duration.between(now, quota.window().end(now)));
    }
}
