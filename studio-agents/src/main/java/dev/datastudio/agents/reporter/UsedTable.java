package dev.datastudio.agents.reporter;

import dev.datastudio.api.relation.TableRef;
import java.util.Objects;

/**
 * A table that the model was shown to write a statement. Immutable.
 *
 * @param table names it with its source
 * @param why how it came in: found for the question, or a neighbour of one that was
 * @param isRead whether the statement that ran reads it
 */
public record UsedTable(TableRef table, String why, boolean isRead) {
    public UsedTable {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(why, "why");
    }
}
