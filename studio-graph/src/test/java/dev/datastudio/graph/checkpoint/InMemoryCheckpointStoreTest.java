package dev.datastudio.graph.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.testkit.checkpoint.CheckpointStoreContract;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InMemoryCheckpointStoreTest extends CheckpointStoreContract {
    @Override
    protected CheckpointStore open() {
        return InMemoryCheckpointStore.create();
    }

    @Test
    void needsNoKey() {
        try (CheckpointStore store = open()) {
            assertEquals(Optional.empty(), store.key());
        }
    }
}
