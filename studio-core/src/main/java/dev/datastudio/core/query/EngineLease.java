package dev.datastudio.core.query;

import dev.datastudio.api.query.QueryEngine;

/**
 * The right to use an engine of {@link QueryEngines} until it is closed; the engine stays open that long.
 *
 * <p>Thread-safe.
 */
public interface EngineLease extends AutoCloseable {
    /** The engine. Closing it is left to the pool that gave it. */
    QueryEngine engine();

    /** Gives the engine back. Does nothing when called again. */
    @Override
    void close();
}
