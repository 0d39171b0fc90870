package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.Column;
import java.util.List;

/**
 * A table that was filled. Immutable.
 *
 * @param rowCount at least 1
 * @param columns in order
 * @param warnings whole sentences
 */
public record ImportedTable(long rowCount, List<Column> columns, List<String> warnings) {
    public ImportedTable {
        columns = List.copyOf(columns);
        warnings = List.copyOf(warnings);
    }
}
