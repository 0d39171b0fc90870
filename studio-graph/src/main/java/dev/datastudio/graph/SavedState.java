package dev.datastudio.graph;

import java.util.Optional;
import java.util.Set;

/**
 * The state of a thread that an older version of a graph wrote, as plain JSON values: String, Boolean, Integer, Long,
 * Double, List, Map with String keys. Changed in place by a migration. Not thread-safe.
 */
public interface SavedState {
    /** The channels that have a value. */
    Set<String> channels();

    /** A channel's value. */
    Optional<Object> find(String channel);

    /** Sets a channel's value; one of the types that the class names. */
    void put(String channel, Object value);

    /** Removes a channel; the newer graph begins with its initial value, if it has one. */
    void remove(String channel);

    /** The nodes that are to run next or wait to be joined. */
    Set<String> nodes();

    /** Lets a node of the newer graph take the place of one of the older. */
    void renameNode(String from, String to);
}
