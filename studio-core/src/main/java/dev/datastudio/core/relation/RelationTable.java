package dev.datastudio.core.relation;

import dev.datastudio.api.relation.TableRef;
import dev.datastudio.core.table.TableInfo;
import java.util.List;
import java.util.Objects;

/**
 * A table among which relations are looked for. Immutable.
 *
 * @param ref its name in relations
 * @param info its columns, and how it is called in SQL
 * @param foreignKeys as declared
 */
public record RelationTable(TableRef ref, TableInfo info, List<ForeignKey> foreignKeys) {
    public RelationTable {
        Objects.requireNonNull(ref, "ref");
        Objects.requireNonNull(info, "info");
        foreignKeys = List.copyOf(foreignKeys);
    }

    /**
     * A declared foreign key.
     *
     * @param columns of this table
     * @param to the table referred to
     * @param toColumns of that table, in the order of {@code columns}
     */
    public record ForeignKey(List<String> columns, TableRef to, List<String> toColumns) {
        public ForeignKey {
            Objects.requireNonNull(to, "to");
            columns = List.copyOf(columns);
            toColumns = List.copyOf(toColumns);
        }
    }
}
