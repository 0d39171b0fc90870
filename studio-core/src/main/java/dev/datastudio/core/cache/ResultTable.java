package dev.datastudio.core.cache;

import dev.datastudio.api.cache.CacheKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The statements on the table {@code result_cache}; each runs in the transaction of its caller. */
final class ResultTable {
    private static final String WHERE_KEY = " WHERE tenant = ? AND namespace = ? AND key = ?";

    private ResultTable() {}

    /** A stored value. */
    static final class Row {
        /** Null when what is stored is damaged. */
        final byte @Nullable [] value;
        /** Milliseconds since 1970. */
        final long createdAt;

        final long usedAt;

        Row(byte @Nullable [] value, long createdAt, long usedAt) {
            this.value = value;
            this.createdAt = createdAt;
            this.usedAt = usedAt;
        }
    }

    /** What the whole table holds. */
    record Total(long bytes, long entries) {}

    static Optional<Row> find(Connection connection, CacheKey key) throws SQLException {
        try (PreparedStatement statement = prepare(
                        connection,
                        "SELECT value, checksum, size, created_at, used_at FROM result_cache" + WHERE_KEY,
                        key);
                ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
                return Optional.empty();
            }
            byte[] value = rows.getBytes(1);
            boolean whole = value != null && value.length == rows.getLong(3) && checksum(value) == rows.getLong(2);
            return Optional.of(new Row(whole ? value : null, rows.getLong(4), rows.getLong(5)));
        }
    }

    static void put(Connection connection, CacheKey key, byte[] value, Set<String> tags, long now) throws SQLException {
        remove(connection, key);
        long id;
        try (PreparedStatement insert = prepare(
                connection,
                "INSERT INTO result_cache (tenant, namespace, key, value, checksum, size, created_at, used_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
                key)) {
            insert.setBytes(4, value);
            insert.setLong(5, checksum(value));
            insert.setLong(6, value.length);
            insert.setLong(7, now);
            insert.setLong(8, now);
            try (ResultSet rows = insert.executeQuery()) {
                rows.next();
                id = rows.getLong(1);
            }
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO result_cache_tag (tenant, tag, entry) VALUES (?, ?, ?)")) {
            for (String tag : tags) {
                insert.setString(1, key.tenant());
                insert.setString(2, tag);
                insert.setLong(3, id);
                insert.executeUpdate();
            }
        }
    }

    static int remove(Connection connection, CacheKey key) throws SQLException {
        try (PreparedStatement statement = prepare(connection, "DELETE FROM result_cache" + WHERE_KEY, key)) {
            return statement.executeUpdate();
        }
    }

    static int removeTagged(Connection connection, String tenant, String tag) throws SQLException {
        return update(
                connection,
                "DELETE FROM result_cache WHERE id IN"
                        + " (SELECT entry FROM result_cache_tag WHERE tenant = ? AND tag = ?)",
                tenant,
                tag);
    }

    static int removeNamespace(Connection connection, String tenant, String namespace) throws SQLException {
        return update(connection, "DELETE FROM result_cache WHERE tenant = ? AND namespace = ?", tenant, namespace);
    }

    static int removeTenant(Connection connection, String tenant) throws SQLException {
        return update(connection, "DELETE FROM result_cache WHERE tenant = ?", tenant);
    }

    static int removeOlderThan(Connection connection, long createdBefore) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM result_cache WHERE created_at < ?")) {
            statement.setLong(1, createdBefore);
            return statement.executeUpdate();
        }
    }

    /** Notes when values were last used; an earlier time than the stored one changes nothing. */
    static void touch(Connection connection, Map<CacheKey, Long> usedAt) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "UPDATE result_cache SET used_at = max(used_at, ?) WHERE tenant = ? AND namespace = ? AND key = ?")) {
            for (Map.Entry<CacheKey, Long> use : usedAt.entrySet()) {
                statement.setLong(1, use.getValue());
                setKey(statement, 2, use.getKey());
                statement.executeUpdate();
            }
        }
    }

    static Total total(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT total_bytes, entries FROM result_cache_total")) {
            rows.next();
            return new Total(rows.getLong(1), rows.getLong(2));
        }
    }

    /** Removes the least recently used values until at most these totals are left. */
    static int evict(Connection connection, Total goal) throws SQLException {
        Total total = total(connection);
        long bytes = total.bytes();
        long entries = total.entries();
        List<Long> victims = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, size FROM result_cache ORDER BY used_at, id")) {
            while ((bytes > goal.bytes() || entries > goal.entries()) && rows.next()) {
                victims.add(rows.getLong(1));
                bytes -= rows.getLong(2);
                entries--;
            }
        }
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM result_cache WHERE id = ?")) {
            for (long victim : victims) {
                delete.setLong(1, victim);
                delete.executeUpdate();
            }
        }
        return victims.size();
    }

    private static long checksum(byte[] value) {
        CRC32C checksum = new CRC32C();
        checksum.update(value);
        return checksum.getValue();
    }

    private static int update(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, CacheKey key) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        setKey(statement, 1, key);
        return statement;
    }

    private static void setKey(PreparedStatement statement, int first, CacheKey key) throws SQLException {
        statement.setString(first, key.tenant());
        statement.setString(first + 1, key.namespace());
        statement.setString(first + 2, key.hash());
    }
}
