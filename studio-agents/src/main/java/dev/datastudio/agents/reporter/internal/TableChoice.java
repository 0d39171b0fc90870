package dev.datastudio.agents.reporter.internal;

import dev.datastudio.api.relation.TableRef;
import dev.datastudio.core.schema.FoundTable;
import java.util.List;

/**
 * The tables that a question is about.
 *
 * @param tables the most relevant first, all of one place
 * @param why why they were chosen
 */
record TableChoice(List<TableRef> tables, String why) {
    static final TableChoice NONE = new TableChoice(List.of(), "");

    TableChoice {
        tables = List.copyOf(tables);
    }

    /** What a search gave, to be chosen from. */
    record Candidates(List<FoundTable> tables, String searchedBy) {
        Candidates {
            tables = List.copyOf(tables);
        }
    }
}
