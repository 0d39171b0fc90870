package dev.datastudio.graph.internal.log;

import dev.datastudio.api.checkpoint.CheckpointEntry;
import dev.datastudio.api.checkpoint.CheckpointKey;
import dev.datastudio.api.checkpoint.EntryKind;
import dev.datastudio.api.checkpoint.ThreadKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves that an entry is one that a holder of the key wrote, for this thread and this place in its log: HMAC-SHA-256
 * over tenant, thread, sequence, kind and body, each with its length before it. Not thread-safe.
 */
final class Seal {
    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;
    private final byte[] head;
    private final ByteBuffer place = ByteBuffer.allocate(8 + 1 + 4);

    Seal(ThreadKey thread, CheckpointKey key) {
        try {
            this.mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.bytes(), ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new LinkageError("every JDK has " + ALGORITHM, e);
        }
        byte[] tenant = thread.tenant().getBytes(StandardCharsets.UTF_8);
        byte[] name = thread.thread().getBytes(StandardCharsets.UTF_8);
        this.head = ByteBuffer.allocate(8 + tenant.length + name.length)
                .putInt(tenant.length)
                .put(tenant)
                .putInt(name.length)
                .put(name)
                .array();
    }

    byte[] of(long sequence, EntryKind kind, byte[] body) {
        mac.update(head);
        place.clear();
        place.putLong(sequence).put(code(kind)).putInt(body.length);
        mac.update(place.array());
        mac.update(body);
        return mac.doFinal();
    }

    boolean proves(CheckpointEntry entry) {
        return proves(entry, entry.kind());
    }

    /** Whether the entry was written as one of this kind, whatever it says that it is. */
    boolean proves(CheckpointEntry entry, EntryKind kind) {
        return MessageDigest.isEqual(of(entry.sequence(), kind, entry.body()), entry.mac());
    }

    /** Never to be changed, unlike an ordinal. */
    private static byte code(EntryKind kind) {
        return switch (kind) {
            case SNAPSHOT -> 1;
            case STEP -> 2;
            case TASK -> 3;
            case MEMO -> 4;
            case EFFECT -> 5;
            case INTERRUPT -> 6;
            case INPUT -> 7;
            case END -> 8;
        };
    }
}
