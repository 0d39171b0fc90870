package dev.datastudio.core.metadata;

import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.core.workspace.StateDatabase;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Stores over one SQLite file, each with connections of its own. */
final class SqliteStores implements AutoCloseable {
    private final Path file;
    private final List<StateDatabase> opened = new ArrayList<>();

    SqliteStores(Path folder) {
        this.file = folder.resolve("state.db");
    }

    MetadataStore open(InstantSource clock) {
        StateDatabase database = StateDatabase.open(file);
        opened.add(database);
        return SqlMetadataStore.over(database, clock);
    }

    @Override
    public void close() {
        opened.forEach(StateDatabase::close);
    }
}
