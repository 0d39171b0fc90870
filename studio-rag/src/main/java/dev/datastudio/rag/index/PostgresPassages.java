package dev.datastudio.rag.index;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.search.Passage;
import dev.datastudio.rag.index.internal.PgVector;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Writes passages of one staged version, a batch of rows at once.
 *
 * @param version the id of its row
 * @param extension empty when the index is opened for words only
 */
record PostgresPassages(
        PostgresIndexes indexes, PostgresIndexes.Row index, long version, Optional<PgVector> extension) {

    /** @param passages of different ordinals */
    void write(Connection connection, Collection<Passage> passages) throws SQLException {
        writeRows(connection, passages);
        if (index.space().isPresent()) {
            writeVectors(connection, passages);
        }
    }

    private void writeRows(Connection connection, Collection<Passage> passages) throws SQLException {
        String sql = "INSERT INTO " + indexes.schema() + ".passage"
                + " (tenant, version_id, ordinal, body, language, word_count, words, texts, numbers)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?::tsvector, ?::jsonb, ?::jsonb)"
                + " ON CONFLICT (tenant, version_id, ordinal) DO UPDATE SET body = excluded.body,"
                + " language = excluded.language, word_count = excluded.word_count, words = excluded.words,"
                + " texts = excluded.texts, numbers = excluded.numbers";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Passage passage : passages) {
                PostgresWords words = PostgresWords.of(passage, index.id());
                statement.setString(1, index.tenant());
                statement.setLong(2, version);
                statement.setInt(3, passage.key().ordinal());
                statement.setBytes(4, PassageBytes.write(passage, PassageBytes.Vector.LEFT_OUT));
                statement.setString(5, words.language());
                statement.setInt(6, words.count());
                statement.setString(7, words.literal());
                statement.setString(8, PostgresFilter.json(passage.attributes(), String.class));
                statement.setString(9, PostgresFilter.json(passage.attributes(), Long.class));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private void writeVectors(Connection connection, Collection<Passage> passages) throws SQLException {
        String table = indexes.vectors(index);
        List<Passage> with = passages.stream()
                .filter(passage -> passage.meaning().isPresent())
                .toList();
        try (PreparedStatement statement = connection.prepareStatement(
                "DELETE FROM " + table + " WHERE tenant = ? AND version_id = ? AND ordinal = ?")) {
            for (Passage passage : passages) {
                bindKey(statement, passage);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        String type = extension.orElseThrow().type();
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO " + table
                + " (tenant, version_id, ordinal, embedding) VALUES (?, ?, ?, ?::" + type + ")")) {
            for (Passage passage : with) {
                bindKey(statement, passage);
                statement.setString(4, PgVector.literal(UnitVectors.of(passage.vector())));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private void bindKey(PreparedStatement statement, Passage passage) throws SQLException {
        statement.setString(1, index.tenant());
        statement.setLong(2, version);
        statement.setInt(3, passage.key().ordinal());
    }

    /** A passage from the bytes of its row. */
    static Passage passage(byte[] body) {
        try {
            return PassageBytes.read(body, 0, body.length);
        } catch (IOException e) {
            throw new StudioException(
                    ErrorCode.STORAGE_FAILED,
                    "A passage in the PostgreSQL database is damaged: " + StudioException.quote(e.getMessage()),
                    "Drop the index and read the documents in again",
                    e);
        }
    }
}
