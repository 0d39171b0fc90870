package dev.datastudio.core.relation.internal;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.tenant.Caller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What was found for a caller among versions of data sets, which never change. Thread-safe; what two threads ask for at
 * once is looked for twice.
 */
public final class LookedAt {
    private static final int MAX_KEPT = 64;

    private record Key(Caller caller, List<String> tables) {}

    private final Map<Key, List<Relation>> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, List<Relation>> eldest) {
            return size() > MAX_KEPT;
        }
    };

    /** What was found before, else what is found now. */
    public List<Relation> get(Caller caller, List<Dataset> datasets, Supplier<List<Relation>> find) {
        Key key = new Key(
                caller,
                datasets.stream()
                        .map(dataset -> dataset.id() + " " + dataset.table())
                        .toList());
        synchronized (kept) {
            List<Relation> known = kept.get(key);
            if (known != null) {
                return known;
            }
        }
        List<Relation> found = find.get();
        synchronized (kept) {
            kept.put(key, found);
        }
        return found;
    }
}
