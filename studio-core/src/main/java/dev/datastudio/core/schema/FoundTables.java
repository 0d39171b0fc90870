package dev.datastudio.core.schema;

import java.util.List;
import java.util.Objects;

/**
 * What a search for tables gave. Immutable.
 *
 * @param tables the best first
 * @param searchedBy the {@link TableSearch#name()} of what answered
 * @param notes what the answer lacks, whole sentences, such as a database that can't be reached
 */
public record FoundTables(List<FoundTable> tables, String searchedBy, List<String> notes) {
    public FoundTables {
        Objects.requireNonNull(searchedBy, "searchedBy");
        tables = List.copyOf(tables);
        notes = List.copyOf(notes);
    }
}
