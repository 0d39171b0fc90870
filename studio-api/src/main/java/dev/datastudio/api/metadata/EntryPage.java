package dev.datastudio.api.metadata;

import java.util.List;
import java.util.Objects;

/**
 * Some entries, and where to go on. Immutable.
 *
 * @param entries in the order asked for; fewer than the limit when their bodies are large
 * @param next what {@link EntryQuery#after} takes for the page that follows; empty when there is none
 */
public record EntryPage(List<Entry> entries, String next) {
    public EntryPage {
        Objects.requireNonNull(next, "next");
        entries = List.copyOf(entries);
    }

    /** Whether more entries follow. */
    public boolean hasMore() {
        return !next.isEmpty();
    }
}
