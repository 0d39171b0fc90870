package dev.datastudio.core.source.internal;

import dev.datastudio.core.source.ForeignKey;
import dev.datastudio.core.source.SourceColumn;
import dev.datastudio.core.source.SourceSchema;
import dev.datastudio.core.source.SourceTable;
import dev.datastudio.core.source.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A schema while its parts come in: tables first, then what belongs to them. Not thread-safe. */
final class SchemaDraft {
    private final Map<TableName, TableDraft> tables = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();

    /** Adds a table; false when there are as many as may be. */
    boolean add(TableName name, SourceTable.Kind kind, String comment, long rowEstimate) {
        if (tables.size() == SourceSchema.MAX_TABLES) {
            warnings.add("Only the first " + SourceSchema.MAX_TABLES
                    + " tables are listed; name one schema of the source to see the others.");
            return false;
        }
        tables.put(name, new TableDraft(kind, comment, rowEstimate));
        return true;
    }

    void warn(String sentence) {
        warnings.add(sentence);
    }

    List<TableName> names() {
        return List.copyOf(tables.keySet());
    }

    void addColumn(TableName table, SourceColumn column) {
        TableDraft draft = tables.get(table);
        if (draft != null) {
            draft.columns.add(column);
        }
    }

    void addKeyColumn(TableName table, String key, boolean primary, String column) {
        TableDraft draft = tables.get(table);
        if (draft != null && primary) {
            draft.primaryKey.add(column);
        } else if (draft != null) {
            draft.uniqueKeys.computeIfAbsent(key, k -> new ArrayList<>()).add(column);
        }
    }

    /** @param targetColumn null when it is the target's primary key that is meant */
    void addForeignKeyColumn(
            TableName table, String key, String column, TableName target, @Nullable String targetColumn) {
        TableDraft draft = tables.get(table);
        if (draft != null) {
            KeyDraft part = draft.foreignKeys.computeIfAbsent(key, k -> new KeyDraft(target));
            part.columns.add(column);
            if (targetColumn != null) {
                part.targetColumns.add(targetColumn);
            }
        }
    }

    void setEstimate(TableName table, long rows) {
        TableDraft draft = tables.get(table);
        if (draft != null) {
            draft.rowEstimate = rows;
        }
    }

    SourceSchema finish() {
        List<SourceTable> finished = new ArrayList<>();
        tables.forEach((name, draft) -> finished.add(draft.finish(name, this)));
        return new SourceSchema(finished, warnings);
    }

    private List<String> primaryKey(TableName table) {
        TableDraft draft = tables.get(table);
        return draft == null ? List.of() : draft.primaryKey;
    }

    private static final class TableDraft {
        private final SourceTable.Kind kind;
        private final String comment;
        private long rowEstimate;
        private final List<SourceColumn> columns = new ArrayList<>();
        private final List<String> primaryKey = new ArrayList<>();
        private final Map<String, List<String>> uniqueKeys = new LinkedHashMap<>();
        private final Map<String, KeyDraft> foreignKeys = new LinkedHashMap<>();

        TableDraft(SourceTable.Kind kind, String comment, long rowEstimate) {
            this.kind = kind;
            this.comment = comment;
            this.rowEstimate = rowEstimate;
        }

        SourceTable finish(TableName name, SchemaDraft schema) {
            List<ForeignKey> keys = new ArrayList<>();
            foreignKeys.forEach((key, part) -> {
                List<String> targets =
                        part.targetColumns.isEmpty() ? schema.primaryKey(part.target) : part.targetColumns;
                if (targets.size() == part.columns.size()) { // else it refers to what can't be seen
                    keys.add(new ForeignKey(key, part.columns, part.target, targets));
                }
            });
            List<List<String>> unique = List.copyOf(uniqueKeys.values());
            return new SourceTable(name, kind, comment, rowEstimate, columns, primaryKey, unique, keys);
        }
    }

    private static final class KeyDraft {
        private final TableName target;
        private final List<String> columns = new ArrayList<>();
        private final List<String> targetColumns = new ArrayList<>();

        KeyDraft(TableName target) {
            this.target = target;
        }
    }
}
