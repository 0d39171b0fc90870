package dev.datastudio.agents.mcp.internal;

import dev.datastudio.api.progress.Cancellation;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Whether a connection is broken, and why; tells those who wait. Thread-safe. */
final class Breakage {
    private final Cancellation signal = Cancellation.create();
    private final AtomicReference<@Nullable IOException> why = new AtomicReference<>();

    /** It is broken from now on. */
    void report(IOException reason) {
        why.compareAndSet(null, reason);
        signal.cancel();
    }

    boolean isBroken() {
        return signal.isCancelled();
    }

    /** Has somebody told when it breaks, at once if it is broken. */
    Cancellation.Registration onBreak(Consumer<IOException> waiting) {
        return signal.onCancel(() -> {
            IOException reason = why.get();
            waiting.accept(reason == null ? new IOException("the connection broke") : reason);
        });
    }
}
