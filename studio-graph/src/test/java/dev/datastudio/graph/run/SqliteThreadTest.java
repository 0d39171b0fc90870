package dev.datastudio.graph.run;

import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.graph.checkpoint.SqliteCheckpointStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteThreadTest extends ThreadContract {
    @TempDir
    Path folder;

    @Override
    CheckpointStore open() {
        return SqliteCheckpointStore.open(folder.resolve("runs.db"));
    }
}
