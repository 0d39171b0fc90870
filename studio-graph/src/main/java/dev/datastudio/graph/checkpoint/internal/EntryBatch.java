package dev.datastudio.graph.checkpoint.internal;

import dev.datastudio.api.checkpoint.CheckpointEntry;
import java.util.ArrayList;
import java.util.List;

/** Entries of one or several threads on their way into the table. Not thread-safe. */
final class EntryBatch {
    private final List<CheckpointEntry> entries = new ArrayList<>();
    private final List<Long> places = new ArrayList<>();

    void add(long threadId, List<CheckpointEntry> added) {
        for (CheckpointEntry entry : added) {
            entries.add(entry);
            places.add(Places.of(threadId, entry.sequence()));
        }
    }

    int size() {
        return entries.size();
    }

    CheckpointEntry entry(int index) {
        return entries.get(index);
    }

    long place(int index) {
        return places.get(index);
    }
}
