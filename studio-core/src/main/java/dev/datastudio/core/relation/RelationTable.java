package dev.datastudio.core.relation;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.relation.TableRef;
import java.util.List;
import java.util.Objects;

/**
 * A table among which relations are looked for. Immutable.
 *
 * @param ref its name in relations
 * @param sqlName its name in SQL, unquoted, the schema before it where it has one
 * @param columns in order
 * @param primaryKey the names of its primary key's columns as declared; empty when none is
 * @param foreignKeys as declared
 */
public record RelationTable(
        TableRef ref,
        List<String> sqlName,
        List<KeyColumn> columns,
        List<String> primaryKey,
        List<ForeignKey> foreignKeys) {
    public RelationTable {
        Objects.requireNonNull(ref, "ref");
        sqlName = List.copyOf(sqlName);
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        foreignKeys = List.copyOf(foreignKeys);
    }

    /** A data set; nothing is declared of it. */
    public static RelationTable of(Dataset dataset) {
        List<KeyColumn> columns =
                dataset.columns().stream().map(RelationTable::column).toList();
        return new RelationTable(
                TableRef.dataset(dataset.table()), List.of(dataset.table()), columns, List.of(), List.of());
    }

    private static KeyColumn column(Column column) {
        return new KeyColumn(column.name(), column.type());
    }

    /** A column: its name and what its values are. */
    public record KeyColumn(String name, ColumnType type) {}

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
