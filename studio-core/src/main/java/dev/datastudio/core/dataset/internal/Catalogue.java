package dev.datastudio.core.dataset.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.workspace.StateDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of the catalogue. Every statement names tenant and user. Thread-safe. */
public final class Catalogue {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COLUMNS = "id, tenant, user_id, name, table_name, content_hash, row_count, columns,"
            + " warnings, imported_at, upload";
    private static final String OWN = " FROM dataset WHERE tenant = ? AND user_id = ?";
    private static final String NEWEST_FIRST = " ORDER BY imported_at DESC, rowid DESC";

    private final StateDatabase state;

    public Catalogue(StateDatabase state) {
        this.state = state;
    }

    /**
     * Where an imported file lay and how it looked, so that it need not be read again.
     *
     * @param path absolute
     * @param size bytes
     * @param stamp empty when it proves nothing
     */
    public record Source(String path, long size, String stamp) {
        /** Of what was no file. */
        public static final Source NONE = new Source("", 0, "");
    }

    /** Everything of a caller, the newest first. */
    public List<Dataset> list(Caller caller) {
        return select(caller, NEWEST_FIRST);
    }

    /** By id. */
    public Optional<Dataset> find(Caller caller, DatasetId id) {
        return first(select(caller, " AND id = ?", id.toString()));
    }

    /** The newest of a name. */
    public Optional<Dataset> findByName(Caller caller, String name) {
        return first(select(caller, " AND name = ?" + NEWEST_FIRST, name));
    }

    /** By name and content. */
    public Optional<Dataset> findByContent(Caller caller, String name, String contentHash) {
        return first(select(caller, " AND name = ? AND content_hash = ?", name, contentHash));
    }

    /** What was imported under a name from a file that looks as it did. */
    public Optional<Dataset> findBySource(Caller caller, String name, Source source) {
        return source.stamp().isEmpty()
                ? Optional.empty()
                : first(select(
                        caller,
                        " AND name = ? AND source_path = ? AND source_size = ? AND source_stamp = ?" + NEWEST_FIRST,
                        name,
                        source.path(),
                        source.size(),
                        source.stamp()));
    }

    /**
     * Adds a data set, unless the caller has one of this name and content already.
     *
     * @return the one that is in the catalogue now
     */
    public Dataset add(Dataset dataset, Source source) {
        return state.write(connection -> {
            insert(connection, dataset, source);
            return query(
                            connection,
                            dataset.owner(),
                            " AND name = ? AND content_hash = ?",
                            dataset.name(),
                            dataset.contentHash())
                    .get(0);
        });
    }

    private static void insert(Connection connection, Dataset dataset, Source source) throws SQLException {
        String sql = "INSERT INTO dataset (" + COLUMNS + ", source_path, source_size, source_stamp)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (tenant, user_id, name, content_hash) DO NOTHING";
        boolean file = !source.path().isEmpty();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(
                    statement,
                    dataset.id().toString(),
                    dataset.owner().tenant(),
                    dataset.owner().user(),
                    dataset.name(),
                    dataset.table(),
                    dataset.contentHash(),
                    dataset.rowCount(),
                    writeColumns(dataset.columns()),
                    writeTexts(dataset.warnings()),
                    dataset.importedAt().toEpochMilli(),
                    dataset.upload());
            statement.setObject(12, file ? source.path() : null);
            statement.setObject(13, file ? source.size() : null);
            statement.setObject(14, source.stamp().isEmpty() ? null : source.stamp());
            statement.executeUpdate();
        }
    }

    /** Notes how the file of a data set looks now. */
    public void noteSource(Dataset dataset, Source source) {
        state.writeRelaxed(connection -> {
            String sql = "UPDATE dataset SET source_path = ?, source_size = ?, source_stamp = ?"
                    + " WHERE tenant = ? AND user_id = ? AND id = ?";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(
                        statement,
                        source.path(),
                        source.size(),
                        source.stamp(),
                        dataset.owner().tenant(),
                        dataset.owner().user(),
                        dataset.id().toString());
                return statement.executeUpdate();
            }
        });
    }

    /** Takes a data set out; false when it was not there. */
    public boolean remove(Caller caller, DatasetId id) {
        return state.write(connection -> {
            String sql = "DELETE FROM dataset WHERE tenant = ? AND user_id = ? AND id = ?";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(statement, caller.tenant(), caller.user(), id.toString());
                return statement.executeUpdate() > 0;
            }
        });
    }

    private List<Dataset> select(Caller caller, String rest, Object... values) {
        return state.read(connection -> query(connection, caller, rest, values));
    }

    private static List<Dataset> query(Connection connection, Caller caller, String rest, Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + COLUMNS + OWN + rest)) {
            statement.setString(1, caller.tenant());
            statement.setString(2, caller.user());
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 3, values[i]);
            }
            List<Dataset> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(read(rows));
                }
            }
            return found;
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private static Optional<Dataset> first(List<Dataset> found) {
        return found.stream().findFirst();
    }

    private static Dataset read(ResultSet row) throws SQLException {
        return new Dataset(
                DatasetId.parse(row.getString("id")),
                new Caller(row.getString("tenant"), row.getString("user_id")),
                row.getString("name"),
                row.getString("table_name"),
                row.getString("content_hash"),
                row.getLong("row_count"),
                readColumns(row.getString("columns")),
                readTexts(row.getString("warnings")),
                Instant.ofEpochMilli(row.getLong("imported_at")),
                row.getString("upload"));
    }

    private static String writeColumns(List<Column> columns) {
        ArrayNode array = JSON.createArrayNode();
        for (Column column : columns) {
            array.addObject()
                    .put("name", column.name())
                    .put("type", column.type().name())
                    .put("role", column.role().name())
                    .put("unit", column.unit())
                    .put("distinct", column.distinctCount())
                    .put("nulls", column.nullCount());
        }
        return array.toString();
    }

    private static List<Column> readColumns(String json) {
        List<Column> columns = new ArrayList<>();
        for (JsonNode node : parse(json)) {
            columns.add(new Column(
                    node.path("name").asText(),
                    ColumnType.valueOf(node.path("type").asText()),
                    ColumnRole.valueOf(node.path("role").asText()),
                    node.path("unit").asText(),
                    node.path("distinct").asLong(),
                    node.path("nulls").asLong()));
        }
        return columns;
    }

    private static String writeTexts(List<String> texts) {
        ArrayNode array = JSON.createArrayNode();
        texts.forEach(array::add);
        return array.toString();
    }

    private static List<String> readTexts(String json) {
        List<String> texts = new ArrayList<>();
        parse(json).forEach(node -> texts.add(node.asText()));
        return texts;
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The catalogue holds JSON that Studio did not write", e);
        }
    }
}
