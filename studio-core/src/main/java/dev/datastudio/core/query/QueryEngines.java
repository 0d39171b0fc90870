package dev.datastudio.core.query;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.query.QueryEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Keeps engines open for the sets of tables used last, as a locked engine can take no more tables in.
 *
 * <p>At most {@code maxOpen} engines stay open, plus those on lease; the one unused for longest is closed first. A file
 * that was replaced gets a new engine. Thread-safe; opening one engine delays nobody who waits for another.
 */
public final class QueryEngines implements AutoCloseable {
    /** Engines kept open when nothing else is said. */
    public static final int DEFAULT_MAX_OPEN = 8;

    private final DuckDbSettings settings;
    private final int maxOpen;
    private final Map<List<TableState>, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);
    private boolean closed;

    private QueryEngines(DuckDbSettings settings, int maxOpen) {
        this.settings = settings;
        this.maxOpen = maxOpen;
    }

    /**
     * An empty pool.
     *
     * @param settings what each engine may use; the memory of all together is up to {@code maxOpen} times its limit
     * @param maxOpen engines kept open, at least 1
     */
    public static QueryEngines open(DuckDbSettings settings, int maxOpen) {
        if (maxOpen < 1) {
            throw new IllegalArgumentException("maxOpen must be at least 1, was " + maxOpen);
        }
        return new QueryEngines(Objects.requireNonNull(settings, "settings"), maxOpen);
    }

    /** An empty pool of {@link #DEFAULT_MAX_OPEN} engines with {@link DuckDbSettings#DEFAULT}. */
    public static QueryEngines open() {
        return open(DuckDbSettings.DEFAULT, DEFAULT_MAX_OPEN);
    }

    /**
     * The engine over these tables, opened when it isn't yet.
     *
     * @throws StudioException if a file is not there or is not a readable DuckDB database
     * @throws IllegalStateException if the pool is closed
     */
    public EngineLease lease(List<DuckDbTable> tables) {
        List<TableState> key = tables.stream().map(TableState::of).toList();
        Slot slot;
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("The query engines are closed");
            }
            slot = slots.computeIfAbsent(key, absent -> new Slot());
            slot.leases++;
        }
        try {
            return new SlotLease(slot, slot.engine(tables, settings));
        } catch (RuntimeException e) {
            giveBack(slot);
            throw e;
        }
    }

    /** How many engines are open now. */
    synchronized int openEngines() {
        return (int) slots.values().stream().filter(Slot::isOpen).count();
    }

    private void giveBack(Slot slot) {
        List<Slot> surplus;
        synchronized (this) {
            slot.leases--;
            surplus = takeSurplus();
        }
        surplus.forEach(Slot::close);
    }

    /** Slots in their order of use, oldest first; those on lease are passed over. */
    private List<Slot> takeSurplus() {
        List<Slot> surplus = new ArrayList<>();
        int kept = slots.size();
        for (Iterator<Slot> oldest = slots.values().iterator(); oldest.hasNext() && kept > maxOpen; ) {
            Slot slot = oldest.next();
            if (slot.leases == 0) {
                oldest.remove();
                surplus.add(slot);
                kept--;
            }
        }
        return surplus;
    }

    /** Closes every engine, those on lease too: their running calls fail. */
    @Override
    public void close() {
        List<Slot> all;
        synchronized (this) {
            closed = true;
            all = new ArrayList<>(slots.values());
            slots.clear();
        }
        all.forEach(Slot::close);
    }

    /** A table with the state of its file, so that a replaced file is another one. */
    private record TableState(DuckDbTable table, long size, FileTime modified) {
        static TableState of(DuckDbTable table) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(table.file(), BasicFileAttributes.class);
                return new TableState(table, attributes.size(), attributes.lastModifiedTime());
            } catch (NoSuchFileException e) {
                throw new StudioException(
                        ErrorCode.FILE_NOT_FOUND,
                        "The stored data " + StudioException.quote(table.file()) + " is not there",
                        "Import the data again",
                        e);
            } catch (IOException e) {
                throw new StudioException(
                        ErrorCode.FILE_NOT_READABLE,
                        "The stored data " + StudioException.quote(table.file()) + " can't be read",
                        "Check that this program may read it",
                        e);
            }
        }
    }

    /** One engine and who uses it; opened by the first lease, on that caller's thread. */
    private static final class Slot {
        /** Guarded by the pool. */
        private int leases;

        private @Nullable DuckDbQueryEngine engine;
        private boolean closed;

        synchronized QueryEngine engine(List<DuckDbTable> tables, DuckDbSettings settings) {
            if (closed) {
                throw new IllegalStateException("The query engines are closed");
            }
            DuckDbQueryEngine open = engine;
            if (open == null) {
                open = DuckDbQueryEngine.open(tables, settings);
                engine = open;
            }
            return open;
        }

        synchronized boolean isOpen() {
            return engine != null;
        }

        synchronized void close() {
            closed = true;
            if (engine != null) {
                engine.close();
                engine = null;
            }
        }
    }

    private final class SlotLease implements EngineLease {
        private final Slot slot;
        private final QueryEngine engine;
        private final AtomicBoolean given = new AtomicBoolean();

        SlotLease(Slot slot, QueryEngine engine) {
            this.slot = slot;
            this.engine = engine;
        }

        @Override
        public QueryEngine engine() {
            return engine;
        }

        @Override
        public void close() {
            if (given.compareAndSet(false, true)) {
                giveBack(slot);
            }
        }
    }
}
