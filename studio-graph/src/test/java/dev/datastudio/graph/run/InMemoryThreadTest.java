package dev.datastudio.graph.run;

import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.graph.checkpoint.InMemoryCheckpointStore;

class InMemoryThreadTest extends ThreadContract {
    @Override
    CheckpointStore open() {
        return InMemoryCheckpointStore.create();
    }
}
