package dev.datastudio.agents.graph;

import java.util.List;
import java.util.Objects;

/**
 * One page of a list. Immutable.
 *
 * @param items of this page, in order
 * @param next where the next page begins; empty on the last one
 */
public record GraphPage<T>(List<T> items, String next) {
    public GraphPage {
        items = List.copyOf(items);
        Objects.requireNonNull(next, "next");
    }
}
