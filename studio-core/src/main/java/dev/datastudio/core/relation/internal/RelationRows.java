package dev.datastudio.core.relation.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.relation.Evidence;
import dev.datastudio.api.relation.Key;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.TableRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The rows of the table {@code relation}. Every statement names the owner of the tables. */
public final class RelationRows {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEYS = "owner, from_source, from_table, from_columns, to_source, to_table, to_columns";
    private static final String BETWEEN = " WHERE owner = ? AND from_source = ? AND from_table = ? AND from_columns = ?"
            + " AND to_source = ? AND to_table = ? AND to_columns = ?";

    private RelationRows() {}

    /** Those from or to one of the tables, in no order. */
    public static List<Relation> of(Connection connection, String owner, Set<TableRef> tables) throws SQLException {
        Set<Relation> found = new LinkedHashSet<>();
        String select = "SELECT " + KEYS + ", score, evidence, status FROM relation WHERE owner = ? AND ";
        try (PreparedStatement from = connection.prepareStatement(select + "from_source = ? AND from_table = ?");
                PreparedStatement to = connection.prepareStatement(select + "to_source = ? AND to_table = ?")) {
            for (TableRef table : tables) {
                read(from, owner, table, found);
                read(to, owner, table, found);
            }
        }
        return List.copyOf(found);
    }

    private static void read(PreparedStatement statement, String owner, TableRef table, Set<Relation> found)
            throws SQLException {
        bind(statement, owner, table.source(), table.table());
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(relation(rows));
            }
        }
    }

    private static Relation relation(ResultSet row) throws SQLException {
        return new Relation(
                key(row, "from"),
                key(row, "to"),
                row.getDouble("score"),
                evidence(row.getString("evidence")),
                Relation.Status.valueOf(row.getString("status")));
    }

    private static Key key(ResultSet row, String side) throws SQLException {
        List<String> columns = new ArrayList<>();
        parse(row.getString(side + "_columns")).forEach(node -> columns.add(node.asText()));
        return new Key(new TableRef(row.getString(side + "_source"), row.getString(side + "_table")), columns);
    }

    private static List<Evidence> evidence(String json) {
        List<Evidence> evidence = new ArrayList<>();
        for (JsonNode node : parse(json)) {
            evidence.add(new Evidence(
                    Evidence.Kind.valueOf(node.path("kind").asText()),
                    node.path("weight").asDouble(),
                    node.path("words").asText()));
        }
        return evidence;
    }

    /** Adds a relation or replaces the one between its keys. */
    public static int put(Connection connection, String owner, Relation relation) throws SQLException {
        String sql = "INSERT INTO relation (" + KEYS
                + ", score, evidence, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (" + KEYS + ") DO UPDATE SET score = excluded.score, evidence = excluded.evidence,"
                + " status = excluded.status";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bindKeys(statement, owner, relation.from(), relation.to());
            statement.setDouble(8, relation.score());
            statement.setString(9, write(relation.evidence()));
            statement.setString(10, relation.status().name());
            return statement.executeUpdate();
        }
    }

    /** Removes the relation between two keys. */
    public static int delete(Connection connection, String owner, Key from, Key to) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM relation" + BETWEEN)) {
            bindKeys(statement, owner, from, to);
            return statement.executeUpdate();
        }
    }

    /** Removes all relations of a table. */
    public static int deleteTable(Connection connection, String owner, TableRef table) throws SQLException {
        String sql = "DELETE FROM relation WHERE owner = ?"
                + " AND (from_source = ? AND from_table = ? OR to_source = ? AND to_table = ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, owner, table.source(), table.table(), table.source(), table.table());
            return statement.executeUpdate();
        }
    }

    /** Removes all relations of a tenant and of everybody in it. */
    public static int deleteTenant(Connection connection, String tenant) throws SQLException {
        // No LIKE: a tenant may have a '_' in its name, and '0' is the character after '/'.
        String sql = "DELETE FROM relation WHERE owner = ? OR owner >= ? AND owner < ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, tenant, tenant + "/", tenant + "0");
            return statement.executeUpdate();
        }
    }

    /** Removes all relations of the tables of a source. */
    public static int deleteSource(Connection connection, String owner, String source) throws SQLException {
        String sql = "DELETE FROM relation WHERE owner = ? AND (from_source = ? OR to_source = ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, owner, source, source);
            return statement.executeUpdate();
        }
    }

    private static void bindKeys(PreparedStatement statement, String owner, Key from, Key to) throws SQLException {
        bind(
                statement,
                owner,
                from.table().source(),
                from.table().table(),
                write(from),
                to.table().source(),
                to.table().table(),
                write(to));
    }

    private static void bind(PreparedStatement statement, String... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setString(i + 1, values[i]);
        }
    }

    private static String write(Key key) {
        ArrayNode array = JSON.createArrayNode();
        key.columns().forEach(array::add);
        return array.toString();
    }

    private static String write(List<Evidence> evidence) {
        ArrayNode array = JSON.createArrayNode();
        for (Evidence one : evidence) {
            array.addObject()
                    .put("kind", one.kind().name())
                    .put("weight", one.weight())
                    .put("words", one.words());
        }
        return array.toString();
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new StudioException(
                    ErrorCode.WORKSPACE_DAMAGED,
                    "A relation is not readable: " + e.getOriginalMessage(),
                    "Look for relations again, or restore a backup",
                    e);
        }
    }
}
