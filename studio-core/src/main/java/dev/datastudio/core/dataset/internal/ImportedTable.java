package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.Column;
import java.util.List;

/**
 * A table that was filled. Immutable.
 *
 * @param rowCount at least 1
 * @param columns in order
 * @param warnings whole sentences
 * @param rejected what was left out
 */
public record ImportedTable(long rowCount, List<Column> columns, List<String> warnings, Rejected rejected) {
    public ImportedTable {
        columns = List.copyOf(columns);
        warnings = List.copyOf(warnings);
    }

    /** A table that takes everything. */
    ImportedTable(long rowCount, List<Column> columns, List<String> warnings) {
        this(rowCount, columns, warnings, Rejected.NONE);
    }
}
