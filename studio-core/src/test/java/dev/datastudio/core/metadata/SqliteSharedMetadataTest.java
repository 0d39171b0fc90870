package dev.datastudio.core.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.core.workspace.ChildJvm;
import dev.datastudio.testkit.metadata.SharedMetadataContract;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteSharedMetadataTest extends SharedMetadataContract {
    @TempDir
    Path folder;

    private SqliteStores stores;

    @BeforeEach
    void begin() {
        stores = new SqliteStores(folder);
    }

    @Override
    protected MetadataStore open(InstantSource clock) {
        return stores.open(clock);
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void countsAndChangesExactlyTogetherWithAnotherProcess() throws Exception {
        MetadataStore mine = open(InstantSource.system());
        try (ChildJvm other =
                ChildJvm.start(MetadataChild.class, folder.resolve("state.db").toString())) {
            other.awaitLine("ready");
            other.say("go");

            int added = MetadataChild.work(mine);
            int addedThere = Integer.parseInt(other.awaitLine("added ").substring("added ".length()));

            assertEquals(MetadataChild.LIMIT, added + addedThere);
            assertEquals(MetadataChild.LIMIT, mine.sum("acme", "n", MetadataChild.WINDOW));
            assertEquals(
                    2L * MetadataChild.CHANGES,
                    mine.find(new EntryKey("acme", "project", "shared"))
                            .orElseThrow()
                            .revision());
            assertEquals(1, mine.count(EntryQuery.of("acme", "project")));
        }
    }
}
