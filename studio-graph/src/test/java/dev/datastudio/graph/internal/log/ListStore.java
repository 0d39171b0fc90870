package dev.datastudio.graph.internal.log;

import dev.datastudio.api.checkpoint.Append;
import dev.datastudio.api.checkpoint.AppendResult;
import dev.datastudio.api.checkpoint.CheckpointEntry;
import dev.datastudio.api.checkpoint.CheckpointKey;
import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.checkpoint.Claim;
import dev.datastudio.api.checkpoint.EntryKind;
import dev.datastudio.api.checkpoint.ThreadKey;
import dev.datastudio.api.checkpoint.ThreadState;
import dev.datastudio.api.checkpoint.ThreadStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One thread's log as a list that a test can damage at will. */
final class ListStore implements CheckpointStore {
    final List<CheckpointEntry> entries = new ArrayList<>();
    long head;

    void add(CheckpointEntry entry) {
        entries.add(entry);
        head = entry.sequence();
    }

    @Override
    public Optional<CheckpointKey> key() {
        return Optional.empty();
    }

    @Override
    public Optional<ThreadState> find(ThreadKey key) {
        return Optional.of(new ThreadState(
                key, head, 1, ThreadStatus.READY, Optional.empty(), Instant.EPOCH, "g", 1, Instant.EPOCH));
    }

    @Override
    public ThreadState claim(ThreadKey key, Claim claim) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<AppendResult> append(List<Append> appends) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<CheckpointEntry> read(ThreadKey key, long after, int limit) {
        return entries.stream()
                .filter(entry -> entry.sequence() > after)
                .limit(limit)
                .toList();
    }

    @Override
    public OptionalLong findSnapshot(ThreadKey key, long atOrBefore) {
        return entries.stream()
                .filter(entry -> entry.kind() == EntryKind.SNAPSHOT && entry.sequence() <= atOrBefore)
                .mapToLong(CheckpointEntry::sequence)
                .max();
    }

    @Override
    public List<ThreadState> list(String tenant, List<ThreadStatus> status, int offset, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long compact(ThreadKey key, long epoch, long before) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean delete(ThreadKey key, Instant now) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int deleteAll(String tenant) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
