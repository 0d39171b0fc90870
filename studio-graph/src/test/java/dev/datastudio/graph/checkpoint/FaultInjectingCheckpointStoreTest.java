package dev.datastudio.graph.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.api.checkpoint.Append;
import dev.datastudio.api.checkpoint.CheckpointEntry;
import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.checkpoint.Claim;
import dev.datastudio.api.checkpoint.EntryKind;
import dev.datastudio.api.checkpoint.ThreadKey;
import dev.datastudio.api.checkpoint.ThreadState;
import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.testkit.checkpoint.CheckpointStoreContract;
import dev.datastudio.testkit.checkpoint.FaultInjectingCheckpointStore;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultInjectingCheckpointStoreTest extends CheckpointStoreContract {
    private static final ThreadKey THREAD = new ThreadKey("acme", "faulty");
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Claim CLAIM = new Claim(Claim.Mode.CREATE, "a", NOW, NOW.plusSeconds(60), "g", 1);
    private static final byte[] BODY = "{\"n\":1}".getBytes(UTF_8);

    private final FaultInjectingCheckpointStore faulty =
            FaultInjectingCheckpointStore.around(InMemoryCheckpointStore.create());

    @Override
    protected CheckpointStore open() {
        return FaultInjectingCheckpointStore.around(InMemoryCheckpointStore.create());
    }

    @Test
    void failsACallBeforeItTakesEffect() {
        faulty.failBefore(1);

        StudioException failure = assertThrows(StudioException.class, () -> faulty.claim(THREAD, CLAIM));

        assertEquals(ErrorCode.STORAGE_FAILED, failure.code());
        assertFalse(faulty.find(THREAD).isPresent());
        assertEquals(2, faulty.calls());
    }

    @Test
    void failsACallAfterItTookEffect() {
        ThreadState state = faulty.claim(THREAD, CLAIM);
        faulty.failAfter(2);

        StudioException failure = assertThrows(StudioException.class, () -> append(state));

        assertEquals(ErrorCode.STORAGE_FAILED, failure.code());
        assertEquals(1, faulty.find(THREAD).orElseThrow().head());
    }

    @Test
    void damagesWhatIsReadUntilItIsHealed() {
        append(faulty.claim(THREAD, CLAIM));

        faulty.flip(THREAD, 1, 9);
        assertArrayEquals("{ n\":1}".getBytes(UTF_8), faulty.read(THREAD, 0, 1).get(0).body());
        faulty.truncate(THREAD, 1, 3);
        assertArrayEquals("{\"n".getBytes(UTF_8), faulty.read(THREAD, 0, 1).get(0).body());
        faulty.heal();

        assertArrayEquals(BODY, faulty.read(THREAD, 0, 1).get(0).body());
        assertEquals(1, faulty.calls());
    }

    private void append(ThreadState state) {
        List<CheckpointEntry> entries = List.of(new CheckpointEntry(1, EntryKind.SNAPSHOT, BODY, new byte[0]));
        faulty.append(List.of(new Append(
                THREAD, state.epoch(), 0, entries, ThreadStatus.FINISHED, NOW.plusSeconds(1), NOW.plusSeconds(2))));
    }
}
