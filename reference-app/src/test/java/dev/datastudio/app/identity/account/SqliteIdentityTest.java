package dev.datastudio.app.identity.account;

import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.core.metadata.SqlMetadataStore;
import dev.datastudio.core.workspace.StateDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

class SqliteIdentityTest extends IdentityContract {
    private @Nullable StateDatabase database;

    @Override
    MetadataStore open() {
        database = StateDatabase.open(folder.resolve("state.db"));
        return SqlMetadataStore.over(database, clock);
    }

    @AfterEach
    void closeDatabase() {
        if (database != null) {
            database.close();
        }
    }
}
