package dev.datastudio.graph.event;

import dev.datastudio.api.error.StudioException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The events of a run one after the other; ends after the terminal one. Close it when leaving early. Not thread-safe, but
 * for {@link #close()}.
 */
public interface EventIterator extends Iterator<RunEvent>, AutoCloseable {
    /**
     * Waits for an event or the end.
     *
     * @throws StudioException with code CANCELLED if the thread was interrupted; its flag is set again
     */
    @Override
    boolean hasNext();

    /**
     * Waits for the next event.
     *
     * @throws NoSuchElementException after the terminal event and after {@link #close()}
     * @throws StudioException with code CANCELLED if the thread was interrupted; its flag is set again
     */
    @Override
    RunEvent next();

    /** Takes no further event; a thread that waits for one is let go. Does nothing when called again. */
    @Override
    void close();
}
