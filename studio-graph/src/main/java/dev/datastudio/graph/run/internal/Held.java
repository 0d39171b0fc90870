package dev.datastudio.graph.run.internal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks around a piece of work hold while it goes on: permits of limits, and results that others wait for. A
 * sub-graph knows it by its scope; a run that a node starts knows it by the thread that made it. Immutable.
 *
 * @param permit null for a result that others wait for
 * @param around what is held further out, or null
 */
record Held(Limits.@Nullable Permit permit, @Nullable Held around) {
    private static final ThreadLocal<Held> OF_THREAD = new ThreadLocal<>();

    /** What the node holds that runs on this thread, or null. */
    static @Nullable Held ofThread() {
        return OF_THREAD.get();
    }

    /** Has this thread hold something, or nothing; gives what it held before, to be set again. */
    static @Nullable Held swap(@Nullable Held now) {
        Held before = OF_THREAD.get();
        if (now == null) {
            OF_THREAD.remove();
        } else {
            OF_THREAD.set(now);
        }
        return before;
    }

    /** The nearest permit of a resource. */
    static Optional<Limits.Permit> permitOf(Limits.Resource resource, @Nullable Held held) {
        for (Held one = held; one != null; one = one.around) {
            if (one.permit != null && one.permit.isOf(resource)) {
                return Optional.of(one.permit);
            }
        }
        return Optional.empty();
    }
}
