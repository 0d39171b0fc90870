package dev.datastudio.rag.schema;

import java.util.List;

/**
 * What bringing the descriptions up to date did. Immutable.
 *
 * @param described tables that are new or changed
 * @param unchanged tables that were described before
 * @param removed descriptions of tables that are gone
 * @param warnings which databases could not be read, as sentences; the descriptions of their tables stay
 */
public record SchemaRefresh(int described, int unchanged, int removed, List<String> warnings) {
    public SchemaRefresh {
        warnings = List.copyOf(warnings);
    }
}
