package dev.datastudio.graph.run.internal;

import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What the tasks of all runs need for the options of their nodes. Thread-safe. */
public final class Policies implements AutoCloseable {
    private final InstantSource clock;
    private final Timekeeper timekeeper;
    private final @Nullable Random seeded;
    private final @Nullable Slots slots;
    private final Limits limits = new Limits();
    private volatile @Nullable UpdateCaches caches;

    /**
     * @param maxConcurrency how many tasks may be done at once; {@link Integer#MAX_VALUE} for no limit
     * @param seed of what is left to chance; empty for another one each time
     */
    public Policies(int maxConcurrency, InstantSource clock, Timekeeper timekeeper, OptionalLong seed) {
        this.clock = clock;
        this.timekeeper = timekeeper;
        this.seeded = seed.isPresent() ? new Random(seed.getAsLong()) : null;
        this.slots = maxConcurrency == Integer.MAX_VALUE ? null : new Slots(maxConcurrency);
    }

    /** The time of the machine. */
    public static Timekeeper systemTime() {
        return new SystemTimekeeper();
    }

    /** What bounds the tasks done at once, or null. */
    @Nullable
    Slots slots() {
        return slots;
    }

    Limits limits() {
        return limits;
    }

    Timekeeper timekeeper() {
        return timekeeper;
    }

    /** In [0, 1). */
    double chance() {
        return seeded != null
                ? seeded.nextDouble()
                : ThreadLocalRandom.current().nextDouble();
    }

    /** Made when a node with a cache comes first, as its library takes time to load. */
    UpdateCaches caches() {
        UpdateCaches made = caches;
        return made != null ? made : madeCaches();
    }

    private synchronized UpdateCaches madeCaches() {
        UpdateCaches made = caches;
        if (made == null) {
            made = new UpdateCaches(clock);
            caches = made;
        }
        return made;
    }

    @Override
    public void close() {
        timekeeper.close();
    }
}
