package dev.datastudio.core.metadata;

import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.testkit.metadata.MetadataStoreContract;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteMetadataStoreTest extends MetadataStoreContract {
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
}
