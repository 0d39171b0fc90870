package dev.datastudio.core.usage;

import dev.datastudio.api.metadata.CounterAddition;
import dev.datastudio.api.metadata.MetadataStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was taken of a caller's quotas before it is known how much is used. Settled at most once; what is closed without
 * is given back. Thread-safe.
 */
public final class Reservation implements AutoCloseable {
    private final @Nullable MetadataStore store;
    private final String tenant;
    private final List<CounterAddition> additions;
    private final long amount;
    private boolean settled;

    Reservation(@Nullable MetadataStore store, String tenant, List<CounterAddition> additions, long amount) {
        this.store = store;
        this.tenant = tenant;
        this.additions = additions;
        this.amount = amount;
    }

    /** Of nothing that is limited or counted. */
    static Reservation uncounted(long amount) {
        return new Reservation(null, "", List.of(), amount);
    }

    /** How much was taken. */
    public long amount() {
        return amount;
    }

    /**
     * Says how much was really used, in the windows that it was taken from. More than was taken is counted too, also
     * beyond the limit: it is used already.
     *
     * @param used at least 0
     * @throws IllegalStateException if it was settled or closed before
     */
    public void settle(long used) {
        if (used < 0) {
            throw new IllegalArgumentException("used must be at least 0, was " + used);
        }
        if (!end(used)) {
            throw new IllegalStateException("The reservation is settled already");
        }
    }

    /** Gives back what was taken, unless it was settled. */
    @Override
    public void close() {
        end(0);
    }

    private synchronized boolean end(long used) {
        if (settled) {
            return false;
        }
        if (used != amount && store != null) {
            store.add(
                    tenant,
                    additions.stream()
                            .map(taken -> new CounterAddition(
                                    taken.counter(), taken.window(), taken.length(), used - amount, Long.MAX_VALUE))
                            .toList());
        }
        settled = true;
        return true;
    }
}
