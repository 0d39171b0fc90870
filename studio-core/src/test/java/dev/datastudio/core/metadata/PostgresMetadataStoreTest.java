package dev.datastudio.core.metadata;

import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.testkit.metadata.MetadataStoreContract;
import java.sql.SQLException;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class PostgresMetadataStoreTest extends MetadataStoreContract {
    private static PostgresStores stores;

    @BeforeAll
    static void start() throws SQLException {
        stores = new PostgresStores();
    }

    @BeforeEach
    void begin() throws SQLException {
        stores.clear();
    }

    @Override
    protected MetadataStore open(InstantSource clock) {
        return stores.open(clock);
    }

    @AfterAll
    static void close() {
        if (stores != null) {
            stores.close();
        }
    }
}
