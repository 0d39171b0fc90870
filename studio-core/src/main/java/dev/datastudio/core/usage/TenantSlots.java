package dev.datastudio.core.usage;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many things of a kind each organisation may have going on at once in this process, so that one of them can't take
 * the room of all. Thread-safe.
 */
public final class TenantSlots {
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final int max;
    private final String things;
    private final Map<String, Integer> going = new ConcurrentHashMap<>();

    private TenantSlots(int max, String things) {
        this.max = max;
        this.things = things;
    }

    /**
     * Places that all are free.
     *
     * @param max how many of each organisation, at least 1
     * @param things what they are in messages, in the plural: {@code runs}
     * @throws IllegalArgumentException if there is no room at all
     */
    public static TenantSlots of(int max, String things) {
        if (max < 1) {
            throw new IllegalArgumentException("There must be room for at least 1 of the " + things + ", was " + max);
        }
        return new TenantSlots(max, Objects.requireNonNull(things, "things"));
    }

    /** A place that is taken until it is closed; closing it again does nothing. */
    public static final class Slot implements AutoCloseable {
        private final Map<String, Integer> going;
        private final String tenant;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Slot(Map<String, Integer> going, String tenant) {
            this.going = going;
            this.tenant = tenant;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                going.computeIfPresent(tenant, (any, now) -> now <= 1 ? null : now - 1);
            }
        }
    }

    /**
     * Takes a place.
     *
     * @throws StudioException {@link ErrorCode#QUOTA_EXCEEDED} when as many go on as may
     */
    public Slot enter(String tenant) {
        going.merge(tenant, 1, (now, one) -> {
            if (now >= max) {
                throw StudioException.passing(
                        ErrorCode.QUOTA_EXCEEDED,
                        now + " " + things + " of your organisation are going on, as many as may at once",
                        "Wait until one has ended, or cancel one",
                        RETRY);
            }
            return now + 1;
        });
        return new Slot(going, tenant);
    }

    /** Takes a place for what was let in before, though there may be too many by now. */
    public Slot enterAnyway(String tenant) {
        going.merge(tenant, 1, Integer::sum);
        return new Slot(going, tenant);
    }

    /** How many an organisation has going on. */
    public int going(String tenant) {
        return going.getOrDefault(tenant, 0);
    }
}
