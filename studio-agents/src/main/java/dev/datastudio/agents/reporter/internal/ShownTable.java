package dev.datastudio.agents.reporter.internal;

import dev.datastudio.api.relation.TableRef;
import dev.datastudio.core.table.TableInfo;
import java.util.List;

/**
 * A table as a model may be shown it. Immutable.
 *
 * @param ref names it among all
 * @param info its columns
 * @param schema the schema that it lies in; empty for the one that needs no name
 * @param plainName its name without the schema
 * @param primaryKey the columns of its key; empty when it has none
 */
record ShownTable(TableRef ref, TableInfo info, String schema, String plainName, List<String> primaryKey) {
    ShownTable {
        primaryKey = List.copyOf(primaryKey);
    }

    /** Its name for people. */
    String name() {
        return info.name();
    }

    List<String> columnNames() {
        return info.columns().stream().map(TableInfo.ColumnInfo::name).toList();
    }
}
