package dev.datastudio.core.metadata;

import dev.datastudio.api.metadata.CounterAddition;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.core.workspace.StateDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** The other process of {@link SqliteSharedMetadataTest}: changes one entry and adds to one counter. */
final class MetadataChild {
    static final Instant WINDOW = Instant.parse("2026-11-21T10:00:00Z");
    static final int LIMIT = 150;
    static final int CHANGES = 100;

    private MetadataChild() {}

    public static void main(String[] arguments) throws IOException {
        try (StateDatabase database = StateDatabase.open(Path.of(arguments[0]))) {
            MetadataStore store = SqlMetadataStore.over(database, InstantSource.system());
            System.out.println("ready");
            System.in.read();
            System.out.println("added " + work(store));
        }
    }

    /** Changes and adds, and gives how often it could add before the limit was reached. */
    static int work(MetadataStore store) {
        int added = 0;
        for (int i = 0; i < CHANGES; i++) {
            store.apply(EntryChange.put(
                    new EntryKey("acme", "project", "shared"), String.valueOf(i), Map.of("n", String.valueOf(i))));
            CounterAddition one = new CounterAddition("n", WINDOW, Duration.ofDays(9_000), 1, LIMIT);
            added += store.add("acme", one).added() ? 1 : 0;
        }
        return added;
    }
}
