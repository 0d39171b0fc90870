package dev.datastudio.agents.reporter.internal;

import dev.datastudio.agents.reporter.UsedTable;
import java.util.List;

/**
 * What a model is shown to write a statement. Immutable.
 *
 * @param place where the tables lie
 * @param tables those that are shown, the most relevant first
 * @param uses why each of them is there, in the same order
 * @param ddl the tables in words of SQL
 */
record Shown(Place place, List<ShownTable> tables, List<UsedTable> uses, String ddl) {
    Shown {
        tables = List.copyOf(tables);
        uses = List.copyOf(uses);
    }
}
