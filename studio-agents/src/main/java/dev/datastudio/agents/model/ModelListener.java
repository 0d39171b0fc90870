package dev.datastudio.agents.model;

import dev.datastudio.api.tenant.Caller;
import java.time.Duration;
import java.util.Optional;

/**
 * Told of calls of models when they ended, on the thread that ends them. It must be thread-safe, return quickly and not
 * throw.
 */
@FunctionalInterface
public interface ModelListener {
    /**
     * A call ended, answered or not.
     *
     * @param caller on whose behalf
     * @param call what it used
     * @param firstPiece how long the first piece of an answer that came piece by piece took; empty when none came, or the
     *     answer was asked for as a whole
     */
    void ended(Caller caller, ModelCall call, Optional<Duration> firstPiece);
}
