package dev.datastudio.graph.internal.log;

import dev.datastudio.api.checkpoint.CheckpointEntry;
import dev.datastudio.api.checkpoint.CheckpointKey;
import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.checkpoint.ThreadKey;
import dev.datastudio.graph.internal.Plan;
import java.util.List;
import java.util.Optional;

public final class ThreadCodec {
    public ThreadCodec(Plan<?, ?> plan, ThreadKey thread, Optional<CheckpointKey> key) {}

    public CheckpointEntry encode(long sequence, LogRecord record) {
        throw new UnsupportedOperationException();
    }

    public RawJson raw(Object value) {
        throw new UnsupportedOperationException();
    }

    public <T> T decode(RawJson raw, Class<T> type) {
        throw new UnsupportedOperationException();
    }

    public static String shape(Plan<?, ?> plan) {
        return "";
    }

    public Replay replay(CheckpointStore store, long upTo) {
        throw new UnsupportedOperationException();
    }

    public record Replay(
            SavedThread thread, long head, List<Damage> damage, List<CheckpointInfo> checkpoints, boolean isMigrated) {}

    public record CheckpointInfo(long sequence, int step, List<String> next) {}

    public record Damage(long entry, String what, long usedInstead) {}
}
