package dev.datastudio.agents.ask.internal;

import dev.datastudio.agents.planner.ValueLookup;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.core.source.SourceId;
import java.util.List;

/**
 * What the planner knows of a database. Immutable.
 *
 * @param id of the database
 * @param tables its tables as data sets, their counts taken from a sample of rows
 * @param values some stored values of their text columns
 * @param relations how the tables hang together
 */
record SourceTables(SourceId id, List<Dataset> tables, ValueLookup values, List<Relation> relations) {
    SourceTables {
        tables = List.copyOf(tables);
        relations = List.copyOf(relations);
    }
}
