package dev.datastudio.agents.reporter.internal;

import dev.datastudio.agents.reporter.UsedTable;
import dev.datastudio.api.relation.Relation;
import java.util.List;

/**
 * The tables of a question with those around them. Immutable.
 *
 * @param place where they lie
 * @param uses each table with its reason, the most relevant first
 * @param relations how the tables of the place hang together
 */
record Selection(Place place, List<UsedTable> uses, List<Relation> relations) {
    Selection {
        uses = List.copyOf(uses);
        relations = List.copyOf(relations);
    }
}
