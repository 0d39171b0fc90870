package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.dataset.RowColumn;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Puts rows into a table and into a hash, on a thread of its own, while the next ones are read: a few blocks of rows
 * wait at most. Used by one thread; a failure of writing is thrown there, with the next block or at the end. Closing it
 * waits until the thread has let go of the table.
 */
final class RowWriter implements AutoCloseable {
    private static final int BLOCKS = 4;
    private static final int BLOCK_ROWS = 1_024;
    private static final int BLOCK_CHARACTERS = 1_000_000;
    private static final long MICROS = 1_000_000L;
    private static final int NANOS_OF_MICRO = 1_000;
    private static final Block LAST = new Block(0, 0);

    private final Connection connection;
    private final String[] table;
    private final boolean[] asLong;
    private final RowHash hash;
    private final int width;
    private final BlockingQueue<Block> blocks = new ArrayBlockingQueue<>(BLOCKS);
    private final Thread thread;
    private volatile @Nullable Throwable failure;
    private Block current;

    /** Rows one after the other, as many values each as there are columns. */
    private static final class Block {
        private final @Nullable Object[] values;
        private int count;
        private int characters;

        Block(int rows, int width) {
            values = new Object[rows * width];
        }
    }

    /**
     * Begins to write.
     *
     * @param table database, schema and name
     * @param names of the columns as they are stored
     */
    RowWriter(Connection connection, List<String> table, List<String> names, List<RowColumn> columns) {
        this.connection = connection;
        this.table = table.toArray(String[]::new);
        this.hash = new RowHash(names, columns);
        this.width = columns.size();
        this.asLong = new boolean[width];
        for (int i = 0; i < width; i++) {
            int precision = columns.get(i).precision();
            asLong[i] = precision > 9 && precision <= 18; // what DuckDB holds in 64 bits
        }
        this.current = new Block(BLOCK_ROWS, width);
        this.thread = new Thread(this::writeAll, "studio-row-writer");
        thread.setDaemon(true);
        thread.start();
    }

    /** Adds the next value of a row, as {@link StoredColumn#store} gives it. */
    void add(@Nullable Object value) {
        current.values[current.count++] = value;
        current.characters += value instanceof String text ? text.length() : 0;
    }

    /** Ends a row, and hands rows on when they are enough. */
    void endRow() throws SQLException {
        if (current.count == current.values.length || current.characters > BLOCK_CHARACTERS) {
            hand(current);
            current = new Block(BLOCK_ROWS, width);
        }
    }

    /** Writes what is left, and waits for it; the hash of all rows. */
    String finish() throws SQLException {
        hand(current);
        hand(LAST);
        await();
        throwFailure();
        return hash.conclude();
    }

    private void hand(Block block) throws SQLException {
        throwFailure();
        try {
            blocks.put(block); // the writer takes blocks to the last one, even after a failure
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.cancelledError();
        }
    }

    private void await() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.cancelledError();
        }
    }

    private void throwFailure() throws SQLException {
        Throwable thrown = failure;
        if (thrown instanceof SQLException database) {
            throw database;
        } else if (thrown instanceof RuntimeException fault) {
            throw fault;
        } else if (thrown instanceof Error error) {
            throw error;
        }
    }

    private void writeAll() {
        try {
            DuckDBConnection duck = connection.unwrap(DuckDBConnection.class);
            try (DuckDBAppender appender = duck.createAppender(table[0], table[1], table[2])) {
                for (Block block = blocks.take(); block != LAST; block = blocks.take()) {
                    write(block, appender);
                }
            }
        } catch (InterruptedException e) {
            failure = Cancellation.cancelledError(); // closed before the end; nobody asks for it
        } catch (SQLException | RuntimeException | Error e) {
            failure = e;
            skipRest();
        }
    }

    /** So that nobody waits for room in the queue. */
    private void skipRest() {
        try {
            Block block = blocks.take();
            while (block != LAST) {
                block = blocks.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed before the end, and the thread ends here
        }
    }

    private void write(Block block, DuckDBAppender appender) throws SQLException {
        for (int i = 0; i < block.count; ) {
            appender.beginRow();
            for (int column = 0; column < width; column++, i++) {
                @Nullable Object value = block.values[i];
                hash.add(value);
                append(appender, value, column);
            }
            appender.endRow();
        }
    }

    private void append(DuckDBAppender appender, @Nullable Object value, int column) throws SQLException {
        if (value == null) {
            appender.appendNull();
        } else if (value instanceof String text) {
            appender.append(text);
        } else if (value instanceof Long number) {
            appender.append(number.longValue());
        } else if (value instanceof Double number) {
            appender.append(number.doubleValue());
        } else if (value instanceof Boolean truth) {
            appender.append(truth.booleanValue());
        } else if (value instanceof LocalDate date) {
            appender.append(date);
        } else if (value instanceof LocalDateTime time) {
            Instant at = time.toInstant(ZoneOffset.UTC);
            appender.appendEpochMicros(Math.addExact(
                    Math.multiplyExact(at.getEpochSecond(), MICROS), (long) at.getNano() / NANOS_OF_MICRO));
        } else if (value instanceof LocalTime time) {
            appender.append(time);
        } else if (value instanceof BigDecimal number) {
            appendDecimal(appender, number, column);
        } else {
            throw new AssertionError(value.getClass());
        }
    }

    private void appendDecimal(DuckDBAppender appender, BigDecimal number, int column) throws SQLException {
        if (asLong[column]) {
            appender.appendDecimal(number.scaleByPowerOfTen(number.scale()).longValue());
        } else {
            appender.append(number);
        }
    }

    /** Gives up what is not written, unless all is. */
    @Override
    public void close() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // the table can't be closed under the writer
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
