package dev.datastudio.core.relation;

import dev.datastudio.api.relation.RelationStore;
import dev.datastudio.core.workspace.StateDatabase;
import dev.datastudio.testkit.relation.RelationStoreContract;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Row R3. */
class SqliteRelationStoreTest extends RelationStoreContract {
    private final Deque<StateDatabase> opened = new ArrayDeque<>();

    @TempDir
    Path folder;

    @Override
    protected RelationStore open() {
        StateDatabase database = StateDatabase.open(folder.resolve("state.db"));
        opened.push(database);
        return SqlRelationStore.over(database);
    }

    @AfterEach
    void closeDatabase() {
        opened.forEach(StateDatabase::close);
    }
}
