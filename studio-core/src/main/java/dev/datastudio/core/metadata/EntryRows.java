package dev.datastudio.core.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.metadata.EntryPage;
import dev.datastudio.api.metadata.EntryQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads entries from the rows of {@link EntryStatements}. */
final class EntryRows {
    /** So many characters of bodies end a page, however many entries were asked for. */
    static final long MAX_PAGE_CHARACTERS = 32_000_000;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    /** Bodies can be large; a driver that reads ahead must not read the whole page. */
    private static final int FETCH_ROWS = 16;

    private EntryRows() {}

    static Optional<Entry> find(Connection connection, EntryKey key) throws SQLException {
        try (PreparedStatement statement = EntryStatements.find(key).prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(entry(rows)) : Optional.empty();
        }
    }

    static EntryPage page(Connection connection, EntryQuery query) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        try (PreparedStatement statement = EntryStatements.page(query).prepare(connection)) {
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet rows = statement.executeQuery()) {
                long characters = 0;
                while (rows.next()) {
                    if (entries.size() == query.limit() || characters >= MAX_PAGE_CHARACTERS) {
                        return new EntryPage(entries, PageCursor.after(query, entries.get(entries.size() - 1)));
                    }
                    Entry entry = entry(rows);
                    characters += entry.body().length();
                    entries.add(entry);
                }
            }
        }
        return new EntryPage(entries, "");
    }

    /** Each tenant that has an entry, looked up one after the other by the key of the table. */
    static List<String> tenants(Connection connection) throws SQLException {
        List<String> tenants = new ArrayList<>();
        String last = "";
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT min(e.tenant) FROM entry e WHERE e.tenant > ?")) {
            while (true) {
                statement.setString(1, last);
                try (ResultSet rows = statement.executeQuery()) {
                    String next = rows.next() ? rows.getString(1) : null;
                    if (next == null) {
                        return tenants;
                    }
                    tenants.add(next);
                    last = next;
                }
            }
        }
    }

    static long number(Connection connection, BoundSql sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    static String text(Map<String, String> attributes) {
        try {
            return JSON.writeValueAsString(attributes);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts can always be written as JSON", e);
        }
    }

    private static Entry entry(ResultSet row) throws SQLException {
        EntryKey key = new EntryKey(row.getString(1), row.getString(2), row.getString(3));
        return new Entry(
                key,
                row.getLong(4),
                row.getString(5),
                attributes(key, row.getString(6)),
                Instant.ofEpochMilli(row.getLong(7)),
                Instant.ofEpochMilli(row.getLong(8)));
    }

    private static Map<String, String> attributes(EntryKey key, String text) {
        try {
            return JSON.readValue(text, TEXTS);
        } catch (JsonProcessingException e) {
            throw new StudioException(
                    ErrorCode.WORKSPACE_DAMAGED,
                    "The attributes of " + key.kind() + " " + StudioException.quote(key.id()) + " can't be read",
                    "Restore the database from a backup",
                    e);
        }
    }
}
