package dev.datastudio.app.identity.account;

import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.core.metadata.SqlMetadataStore;
import dev.datastudio.core.workspace.StateDatabase;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

class SqliteIdentityTest {
    private @Nullable StateDatabase database;

    private MetadataStore open(Path folder, InstantSource clock) {
        database = StateDatabase.open(folder.resolve("state.db"));
        return SqlMetadataStore.over(database, clock);
    }

    @AfterEach
    void closeDatabase() {
        if (database != null) {
            database.close();
        }
    }

    @Nested
    class OfAccounts extends AccountsContract {
        @Override
        MetadataStore open() {
            return SqliteIdentityTest.this.open(folder, clock);
        }
    }

    @Nested
    class OfSessions extends SessionsContract {
        @Override
        MetadataStore open() {
            return SqliteIdentityTest.this.open(folder, clock);
        }
    }

    @Nested
    class OfAccess extends AccessContract {
        @Override
        MetadataStore open() {
            return SqliteIdentityTest.this.open(folder, clock);
        }
    }
}
