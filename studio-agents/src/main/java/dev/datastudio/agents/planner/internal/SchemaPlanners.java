package dev.datastudio.agents.planner.internal;

import dev.datastudio.api.relation.Relation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The planners of the sets of tables asked about lately. Thread-safe. */
public final class SchemaPlanners {
    private static final int MOST = 16;

    private final Map<Key, SchemaPlanner> latest = new LinkedHashMap<>(16, 0.75f, true);

    /** The planners of tables are kept as well, so that they stand for their content. */
    private record Key(List<TablePlanner> tables, List<Relation> relations) {}

    /** The planner of some tables, made when it is not there. */
    public SchemaPlanner planner(List<TablePlanner> tables, List<Relation> relations) {
        var key = new Key(List.copyOf(tables), relations);
        synchronized (latest) {
            SchemaPlanner made = latest.computeIfAbsent(key, k -> new SchemaPlanner(k.tables(), k.relations()));
            if (latest.size() > MOST) {
                latest.remove(latest.keySet().iterator().next());
            }
            return made;
        }
    }
}
