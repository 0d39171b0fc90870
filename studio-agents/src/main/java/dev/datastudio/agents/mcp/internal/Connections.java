package dev.datastudio.agents.mcp.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The open connections, one for each server of each tenant, so that no two tenants share what a server remembers. A
 * connection that broke, or is older than ten minutes, is replaced at the next call: definitions are looked at again
 * then. Thread-safe.
 */
public final class Connections implements AutoCloseable {
    private static final Duration MAX_AGE = Duration.ofMinutes(10);

    private final Reach reach;
    private final InstantSource clock;
    private final Map<Key, Slot> slots = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public Connections(Reach reach, InstantSource clock) {
        this.reach = reach;
        this.clock = clock;
    }

    private record Key(String tenant, String server) {}

    /** Where a connection stands; a lock of its own, so that a slow server keeps nobody else waiting. */
    private static final class Slot {
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable McpConnection connection;
        private String connected = "";

        void drop() {
            McpConnection old = connection;
            connection = null;
            if (old != null) {
                old.close();
            }
        }
    }

    /**
     * The connection to a server, opened when there is none.
     *
     * @param key of the server
     * @throws StudioException as {@link McpConnection#open}
     */
    McpConnection get(String tenant, StoredServer server, Secret key, Cancellation cancellation) {
        Slot slot = slots.computeIfAbsent(new Key(tenant, server.id()), any -> new Slot());
        lock(slot, cancellation);
        try {
            if (closed) {
                throw new IllegalStateException("The studio is closed; open it again to use it");
            }
            McpConnection connection = slot.connection;
            if (connection != null && isUsable(connection) && slot.connected.equals(server.connection())) {
                return connection;
            }
            slot.drop();
            McpConnection opened = reach.connect(server.spec(), key, clock.instant(), cancellation);
            slot.connection = opened;
            slot.connected = server.connection();
            return opened;
        } finally {
            slot.lock.unlock();
        }
    }

    private static void lock(Slot slot, Cancellation cancellation) {
        cancellation.throwIfCancelled();
        try {
            slot.lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StudioException(
                    ErrorCode.CANCELLED,
                    "The work was cancelled before it was done",
                    "Start it again if you still want it",
                    e);
        }
    }

    private boolean isUsable(McpConnection connection) {
        Instant oldest = clock.instant().minus(MAX_AGE);
        return !connection.isBroken() && connection.openedAt().isAfter(oldest);
    }

    /** Ends the connection to a server, if there is one. */
    void forget(String tenant, String server) {
        Slot slot = slots.remove(new Key(tenant, server));
        if (slot != null) {
            drop(slot);
        }
    }

    private static void drop(Slot slot) {
        slot.lock.lock();
        try {
            slot.drop();
        } finally {
            slot.lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        slots.values().forEach(Connections::drop);
        slots.clear();
    }
}
