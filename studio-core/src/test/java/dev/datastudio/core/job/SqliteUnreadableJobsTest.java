package dev.datastudio.core.job;

import dev.datastudio.core.workspace.StateDatabase;
import dev.datastudio.core.workspace.TransactionalDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteUnreadableJobsTest extends UnreadableJobs {
    @TempDir
    Path folder;

    @Override
    TransactionalDatabase open() {
        return StateDatabase.open(folder.resolve("state.db"));
    }
}
