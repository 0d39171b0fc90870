package dev.datastudio.api.progress;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request to stop, shared by whoever may ask for it and the work that looks out for it.
 *
 * <p>Thread-safe. Once cancelled it stays cancelled.
 */
public final class Cancellation {
    private static final Cancellation NONE = new Cancellation(false);

    private final boolean cancellable;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final List<Runnable> actions = new CopyOnWriteArrayList<>();

    private Cancellation(boolean cancellable) {
        this.cancellable = cancellable;
    }

    /** A request that can be made later. */
    public static Cancellation create() {
        return new Cancellation(true);
    }

    /** The request that is never made. */
    public static Cancellation none() {
        return NONE;
    }

    /**
     * Asks the work to stop, and runs the registered actions on this thread.
     *
     * @throws IllegalStateException on {@link #none()}
     */
    public void cancel() {
        if (!cancellable) {
            throw new IllegalStateException(
                    "Cancellation.none() can't be cancelled; pass Cancellation.create() instead");
        }
        if (cancelled.compareAndSet(false, true)) {
            for (Runnable action : actions) {
                runOnce(action);
            }
        }
    }

    /** Whether the work should stop. */
    public boolean isCancelled() {
        return cancelled.get();
    }

    /**
     * Stops here if it was asked for.
     *
     * @throws StudioException with code {@link ErrorCode#CANCELLED} when cancelled
     */
    public void throwIfCancelled() {
        if (isCancelled()) {
            throw cancelledError();
        }
    }

    /** The error that cancelled work ends with. */
    public static StudioException cancelledError() {
        return new StudioException(
                ErrorCode.CANCELLED,
                "The work was cancelled before it was done",
                "Start it again if you still want it");
    }

    /**
     * Has an action run when the work is cancelled, such as interrupting a statement; at once if it already is. An
     * action runs at most once and must not throw or block.
     *
     * @return closes the registration; close it when the cancellable part is over
     */
    public Registration onCancel(Runnable action) {
        if (cancellable) {
            actions.add(action);
            if (isCancelled()) {
                runOnce(action);
            }
        }
        return new Waiting(actions, action);
    }

    /**
     * Waits, such as before something is tried again; a cancel ends the wait at once.
     *
     * @throws StudioException with code {@link ErrorCode#CANCELLED} when cancelled before or meanwhile, or when the thread
     *     is interrupted, which it then still is
     */
    public void sleep(Duration pause) {
        CountDownLatch asked = new CountDownLatch(1);
        try (Registration waiting = onCancel(asked::countDown)) {
            assert waiting != null;
            if (isCancelled() || asked.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                throw cancelledError();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelledError();
        }
    }

    private void runOnce(Runnable action) {
        if (actions.remove(action)) {
            action.run();
        }
    }

    /** An action waiting for a cancellation. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        /** Forgets the action. Does nothing when called again. */
        @Override
        void close();
    }

    private record Waiting(List<Runnable> actions, Runnable action) implements Registration {
        @Override
        public void close() {
            actions.remove(action);
        }
    }
}
