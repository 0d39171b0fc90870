package dev.datastudio.graph.json;

import java.util.Optional;

/**
 * Finds saved graphs that others name by id, such as those of a user's gallery. Called while a graph is checked or
 * compiled, on the thread that does so; a graph is asked for once in each check. Must be thread-safe.
 */
@FunctionalInterface
public interface GraphResolver {
    /** The graph of an id, if this caller may use it. */
    Optional<SavedGraph> find(String id);
}
