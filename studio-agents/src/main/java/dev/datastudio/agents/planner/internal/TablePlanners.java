package dev.datastudio.agents.planner.internal;

import dev.datastudio.agents.planner.ValueLookup;
import dev.datastudio.agents.vocabulary.Vocabulary;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.Dataset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The planners of the tables asked about lately, so that a table is indexed once. Thread-safe. */
public final class TablePlanners {
    private static final int MOST = 64;
    /** The most memory that the words of stored values take in all planners, the latest one aside. */
    private static final long MOST_BYTES = 128_000_000;

    private final Map<Key, TablePlanner> latest = new LinkedHashMap<>(16, 0.75f, true);

    private final Meanings meanings;
    private final long mostBytes;

    /** No planner yet. */
    public TablePlanners(Meanings meanings) {
        this(meanings, MOST_BYTES);
    }

    TablePlanners(Meanings meanings, long mostBytes) {
        this.meanings = meanings;
        this.mostBytes = mostBytes;
    }

    /** The name stands beside the content, because a question can name the table. */
    private record Key(
            String contentHash,
            String table,
            String name,
            List<Column> columns,
            ValueLookup values,
            String vocabulary) {}

    /** The planner of a data set, made when it is not there. */
    public TablePlanner planner(Dataset dataset, ValueLookup values, Vocabulary vocabulary) {
        var key = new Key(
                dataset.contentHash(),
                dataset.table(),
                dataset.name(),
                dataset.columns(),
                values,
                vocabulary.version());
        synchronized (latest) {
            TablePlanner known = latest.get(key);
            if (known != null) {
                return known;
            }
        }
        var made = new TablePlanner(dataset, values, vocabulary, meanings);
        synchronized (latest) {
            latest.put(key, made);
            while (latest.size() > 1 && (latest.size() > MOST || valueBytes() > mostBytes)) {
                latest.remove(latest.keySet().iterator().next());
            }
        }
        return made;
    }

    private long valueBytes() {
        return latest.values().stream().mapToLong(p -> p.index().valueBytes()).sum();
    }

    /** About how much memory the words of stored values take in all planners, in bytes. */
    public long bytes() {
        synchronized (latest) {
            return valueBytes();
        }
    }
}
