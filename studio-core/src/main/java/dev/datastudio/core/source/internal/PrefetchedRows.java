package dev.datastudio.core.source.internal;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.dataset.RowColumn;
import dev.datastudio.core.dataset.RowSource;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows that a thread of their own reads ahead, a little, while those before are stored: the database, the network and
 * the storing work at the same time. Not thread-safe; close it before what the rows are read from.
 */
final class PrefetchedRows implements RowSource, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PrefetchedRows.class);
    private static final int BLOCKS = 4;
    private static final int BLOCK_ROWS = 1_024;
    private static final int BLOCK_CHARACTERS = 2_000_000;

    private final DatabaseRows rows;
    private final Statement statement;
    private final BlockingQueue<Block> blocks = new ArrayBlockingQueue<>(BLOCKS);
    private final Thread reader;
    private volatile boolean stopped;
    private Block current = new Block(List.of(), false, null);
    private int position;

    /** @param statement what the rows come from; cancelled when nobody wants the rest */
    PrefetchedRows(DatabaseRows rows, Statement statement) {
        this.rows = rows;
        this.statement = statement;
        this.reader = new Thread(this::readAll, "studio-source-rows");
        reader.setDaemon(true);
        reader.start();
    }

    /** Some rows; the last block has no more after it, or the failure that ended the reading. */
    private record Block(
            List<@Nullable Object[]> rows,
            boolean last,
            @Nullable Throwable failure) {}

    private void readAll() {
        try {
            Block block;
            do {
                block = readBlock();
                blocks.put(block);
            } while (!block.last() && !stopped);
        } catch (InterruptedException e) {
            log.debug("Reading ahead was stopped", e);
        }
    }

    private Block readBlock() {
        List<@Nullable Object[]> read = new ArrayList<>(BLOCK_ROWS);
        try {
            long characters = 0;
            while (read.size() < BLOCK_ROWS && characters < BLOCK_CHARACTERS) {
                @Nullable Object[] row = rows.next();
                if (row == null) {
                    return new Block(read, true, null);
                }
                for (Object value : row) {
                    characters += value instanceof String text ? text.length() : 0;
                }
                read.add(row);
            }
            return new Block(read, false, null);
        } catch (SQLException | RuntimeException | Error e) {
            return new Block(read, true, e);
        }
    }

    @Override
    public List<RowColumn> columns() {
        return rows.columns();
    }

    @Override
    public @Nullable Object @Nullable [] next() throws SQLException {
        while (position == current.rows().size()) {
            if (current.last()) {
                throwFailure(current.failure());
                return null;
            }
            try {
                current = blocks.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Cancellation.cancelledError();
            }
            position = 0;
        }
        return current.rows().get(position++);
    }

    private static void throwFailure(@Nullable Throwable failure) throws SQLException {
        if (failure instanceof SQLException database) {
            throw database;
        } else if (failure instanceof RuntimeException fault) {
            throw fault;
        } else if (failure instanceof Error error) {
            throw error;
        }
    }

    @Override
    public List<String> notes() {
        return rows.notes();
    }

    /** Waits until the thread has let go of the rows. */
    @Override
    public void close() {
        stopped = true;
        if (reader.isAlive() && !current.last()) {
            cancelStatement();
        }
        boolean interrupted = false;
        while (reader.isAlive()) {
            blocks.clear();
            try {
                reader.join(10);
            } catch (InterruptedException e) {
                interrupted = true; // the connection can't be closed under the reader; the statement is cancelled
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void cancelStatement() {
        try {
            statement.cancel();
        } catch (SQLException e) {
            log.debug("The statement ended before it could be cancelled", e);
        }
    }
}
