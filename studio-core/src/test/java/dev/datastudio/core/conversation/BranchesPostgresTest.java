package dev.datastudio.core.conversation;

import dev.datastudio.core.Studio;
import dev.datastudio.core.metadata.PostgresStores;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Row A18 in PostgreSQL. */
class BranchesPostgresTest extends BranchesContract {
    @TempDir
    Path folder;

    private PostgresStores stores;
    private Studio studio;

    @BeforeEach
    void open() throws SQLException {
        stores = new PostgresStores();
        studio = Studio.builder()
                .workspace(folder.resolve("studio"))
                .metadata(stores.open(Clock.systemUTC()))
                .build();
    }

    @AfterEach
    void close() throws SQLException, IOException {
        studio.close();
        stores.close();
    }

    @Override
    Studio studio() {
        return studio;
    }
}
