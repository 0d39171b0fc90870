package dev.datastudio.app.web;

import java.util.List;
import java.util.Optional;

/**
 * One page of a list. Immutable.
 *
 * @param items of this page, in order
 * @param next what to give as {@code after} for the next page; nothing on the last
 */
public record PageOf<T>(List<T> items, Optional<String> next) {
    public PageOf {
        items = List.copyOf(items);
    }

    /** The only page of a list. */
    public static <T> PageOf<T> whole(List<T> items) {
        return new PageOf<>(items, Optional.empty());
    }
}
