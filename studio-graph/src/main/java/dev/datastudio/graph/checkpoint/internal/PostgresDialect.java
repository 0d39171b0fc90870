package dev.datastudio.graph.checkpoint.internal;

import dev.datastudio.api.checkpoint.CheckpointEntry;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** PostgreSQL: rows are locked one by one, and a batch travels as one statement with an array for each column. */
final class PostgresDialect implements SqlDialect {
    private static final String INSERT = "INSERT INTO graph_entry (place, kind, body, mac)"
            + " SELECT * FROM unnest(?::bigint[], ?::smallint[], ?::bytea[], ?::bytea[])";

    private static final int MAX_ROWS = 1_000;
    private static final long MAX_BYTES = 8 << 20;

    @Override
    public String lockingClause() {
        return " FOR UPDATE";
    }

    @Override
    public void insert(SqlSession session, EntryBatch entries) throws SQLException {
        int from = 0;
        while (from < entries.size()) {
            int to = endOfChunk(entries, from);
            insert(session.prepare(INSERT), entries, from, to);
            from = to;
        }
    }

    private static int endOfChunk(EntryBatch entries, int from) {
        long bytes = 0;
        int to = from;
        while (to < entries.size() && to - from < MAX_ROWS && bytes < MAX_BYTES) {
            bytes += entries.entry(to).body().length;
            to++;
        }
        return to;
    }

    private static void insert(PreparedStatement statement, EntryBatch entries, int from, int to) throws SQLException {
        int count = to - from;
        Long[] places = new Long[count];
        Short[] kinds = new Short[count];
        byte[][] bodies = new byte[count][];
        byte[][] macs = new byte[count][];
        for (int i = 0; i < count; i++) {
            CheckpointEntry entry = entries.entry(from + i);
            places[i] = entries.place(from + i);
            kinds[i] = (short) KindCodes.codeOf(entry.kind());
            bodies[i] = entry.body();
            macs[i] = entry.mac();
        }
        Connection connection = statement.getConnection();
        Array[] columns = {
            connection.createArrayOf("int8", places),
            connection.createArrayOf("int2", kinds),
            connection.createArrayOf("bytea", bodies),
            connection.createArrayOf("bytea", macs)
        };
        for (int i = 0; i < columns.length; i++) {
            statement.setArray(i + 1, columns[i]);
        }
        statement.executeUpdate();
        for (Array column : columns) {
            column.free();
        }
    }
}
