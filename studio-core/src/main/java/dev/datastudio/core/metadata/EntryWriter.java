package dev.datastudio.core.metadata;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryChange.Delete;
import dev.datastudio.api.metadata.EntryChange.Put;
import dev.datastudio.api.metadata.EntryKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes changes of entries inside one transaction, all at one time. Close it when done. Not thread-safe. */
final class EntryWriter implements AutoCloseable {
    private static final String INSERT = "INSERT INTO entry (tenant, kind, id, revision, body, attributes, created_at,"
            + " changed_at) VALUES (?, ?, ?, 1, ?, ?, ?, ?) ON CONFLICT (tenant, kind, id) DO ";
    /** Of the two times the later: an entry's own time never goes back, whatever the clocks of several machines say. */
    private static final String REPLACE = "UPDATE SET revision = entry.revision + 1, body = excluded.body,"
            + " attributes = excluded.attributes, changed_at = CASE WHEN excluded.changed_at > entry.changed_at"
            + " THEN excluded.changed_at ELSE entry.changed_at END";

    private static final String UPDATE = "UPDATE entry SET revision = revision + 1, body = ?, attributes = ?,"
            + " changed_at = CASE WHEN ? > changed_at THEN ? ELSE changed_at END"
            + " WHERE tenant = ? AND kind = ? AND id = ? AND revision = ?";
    private static final String RETURNING = " RETURNING revision, created_at, changed_at";
    private static final String KEY = " WHERE tenant = ? AND kind = ? AND id = ?";

    private static final String INSERT_ATTRIBUTE =
            "INSERT INTO entry_attribute (tenant, kind, id, name, value, created_at) VALUES (?, ?, ?, ?, ?, ?)";

    private final Connection connection;
    private final long now;
    /** By their text: the changes of a group mostly need the same two. */
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    EntryWriter(Connection connection, Instant now) {
        this.connection = connection;
        this.now = now.toEpochMilli();
    }

    /** In the order of keys, so that two groups wait for each other's rows in one direction only. */
    List<Entry> apply(List<EntryChange> changes) throws SQLException {
        Map<EntryKey, Entry> made = new HashMap<>();
        for (EntryChange change :
                changes.stream().sorted(Comparator.comparing(EntryChange::key)).toList()) {
            if (change instanceof Put put) {
                made.put(put.key(), put(put));
            } else if (change instanceof Delete delete) {
                delete(delete);
            } else {
                throw new AssertionError(change);
            }
        }
        return changes.stream()
                .map(change -> made.get(change.key()))
                .filter(Objects::nonNull)
                .toList();
    }

    private Entry put(Put put) throws SQLException {
        String attributes = EntryRows.text(put.attributes());
        try (ResultSet rows = statement(put, attributes).bindTo(this::prepared).executeQuery()) {
            if (!rows.next()) {
                throw conflict(put);
            }
            long revision = rows.getLong(1);
            long createdAt = rows.getLong(2);
            putAttributes(put, revision, createdAt);
            return new Entry(
                    put.key(),
                    revision,
                    put.body(),
                    put.attributes(),
                    Instant.ofEpochMilli(createdAt),
                    Instant.ofEpochMilli(rows.getLong(3)));
        }
    }

    private BoundSql statement(Put put, String attributes) {
        EntryKey key = put.key();
        if (put.expected() > EntryChange.ABSENT) {
            return new BoundSql()
                    .add(UPDATE, put.body(), attributes, now, now, key.tenant(), key.kind(), key.id(), put.expected())
                    .add(RETURNING);
        }
        return new BoundSql()
                .add(INSERT, key.tenant(), key.kind(), key.id(), put.body(), attributes, now, now)
                .add(put.expected() == EntryChange.ABSENT ? "NOTHING" : REPLACE)
                .add(RETURNING);
    }

    private void putAttributes(Put put, long revision, long createdAt) throws SQLException {
        EntryKey key = put.key();
        if (revision > 1) {
            new BoundSql()
                    .add("DELETE FROM entry_attribute" + KEY, key.tenant(), key.kind(), key.id())
                    .execute(connection);
        }
        if (put.attributes().isEmpty()) {
            return;
        }
        PreparedStatement insert = prepared(INSERT_ATTRIBUTE);
        for (Map.Entry<String, String> attribute : put.attributes().entrySet()) {
            insert.setString(1, key.tenant());
            insert.setString(2, key.kind());
            insert.setString(3, key.id());
            insert.setString(4, attribute.getKey());
            insert.setString(5, attribute.getValue());
            insert.setLong(6, createdAt);
            insert.addBatch();
        }
        insert.executeBatch();
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement known = prepared.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            prepared.put(sql, known);
        }
        return known;
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : prepared.values()) {
            statement.close();
        }
    }

    private void delete(Delete delete) throws SQLException {
        EntryKey key = delete.key();
        if (delete.expected() == EntryChange.ABSENT) {
            if (foundRevision(key) > 0) {
                throw conflict(delete);
            }
            return;
        }
        BoundSql sql = new BoundSql().add("DELETE FROM entry" + KEY, key.tenant(), key.kind(), key.id());
        if (delete.expected() > EntryChange.ABSENT) {
            sql.add(" AND revision = ?", delete.expected());
        }
        if (sql.execute(connection) == 0 && delete.expected() > EntryChange.ABSENT) {
            throw conflict(delete);
        }
    }

    private long foundRevision(EntryKey key) throws SQLException {
        return EntryRows.number(
                connection, new BoundSql().add("SELECT revision FROM entry" + KEY, key.tenant(), key.kind(), key.id()));
    }

    private StudioException conflict(EntryChange change) throws SQLException {
        EntryKey key = change.key();
        long found = foundRevision(key);
        String is = found == 0 ? "is not there" : "is there in revision " + found;
        String expected = change.expected() == EntryChange.ABSENT
                ? "it was expected not to be there"
                : "revision " + change.expected() + " was expected";
        return new StudioException(
                ErrorCode.ENTRY_CONFLICT,
                "The " + key.kind() + " " + StudioException.quote(key.id()) + " " + is + "; " + expected,
                "Read it again and make the change on what is there now");
    }
}
