package dev.datastudio.agents.reporter.internal;

import dev.datastudio.agents.reporter.internal.repair.ParsedSql;
import dev.datastudio.api.relation.TableRef;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Which of the shown tables a statement reads. */
final class TablesRead {
    private TablesRead() {}

    /** By the statement's syntax tree; where it can't be read, none. */
    static Set<TableRef> of(String sql, Shown shown) {
        Set<TableRef> read = new HashSet<>();
        Optional<ParsedSql> parsed = ParsedSql.read(sql);
        if (parsed.isPresent()) {
            for (String name : parsed.get().tableNames()) {
                shown.tables().stream()
                        .filter(table ->
                                name.equalsIgnoreCase(table.plainName()) || name.equalsIgnoreCase(table.name()))
                        .forEach(table -> read.add(table.ref()));
            }
        }
        return read;
    }
}
