package dev.datastudio.agents.model.internal;

import dev.datastudio.api.progress.Cancellation;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a call of a model is bound to beside its request. LangChain4j's models have no place for it, but they all send
 * the request on the thread that calls them, where the HTTP client finds it here. Immutable.
 *
 * @param cancellation cuts the connection
 * @param streamEnded called when a stream is over, however it ended, on the thread that read it
 */
record CallScope(Cancellation cancellation, Runnable streamEnded) {
    private static final ThreadLocal<@Nullable CallScope> CURRENT = new ThreadLocal<>();
    private static final CallScope NONE = new CallScope(Cancellation.none(), () -> {});

    /** The scope of the call that this thread makes. */
    static CallScope current() {
        CallScope scope = CURRENT.get();
        return scope == null ? NONE : scope;
    }

    /** Makes a call in this scope. */
    <T> T calling(Supplier<T> call) {
        CallScope outer = CURRENT.get();
        CURRENT.set(this);
        try {
            return call.get();
        } finally {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        }
    }
}
