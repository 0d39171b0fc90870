package dev.datastudio.rag.relation.internal;

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
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.neo4j.driver.Value;

/** Tables and relations as values of Neo4j. */
final class Neo4jValues {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Neo4jValues() {}

    /** What names a table's node: a digest, since names may be of any length. */
    static String key(String owner, TableRef table) {
        return digest(List.of(owner, table.source(), table.table()));
    }

    static String key(String owner, Key from, Key to) {
        List<String> parts = new ArrayList<>(List.of(key(owner, from.table()), key(owner, to.table())));
        parts.addAll(from.columns());
        parts.add("");
        parts.addAll(to.columns());
        return digest(parts);
    }

    private static String digest(List<String> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** Tables in the order of their keys, so that two transactions lock them in the same order. */
    static List<Map<String, Object>> tables(String owner, Collection<TableRef> tables) {
        return tables.stream()
                .distinct()
                .sorted(Comparator.comparing(table -> key(owner, table)))
                .map(table -> Map.<String, Object>of(
                        "key", key(owner, table), "source", table.source(), "name", table.table()))
                .toList();
    }

    static Map<String, Object> relation(String owner, Relation relation) {
        return Map.of(
                "key", key(owner, relation.from(), relation.to()),
                "from", key(owner, relation.from().table()),
                "to", key(owner, relation.to().table()),
                "fromColumns", relation.from().columns(),
                "toColumns", relation.to().columns(),
                "score", relation.score(),
                "status", relation.status().name(),
                "usable", relation.isUsable(),
                "evidence", evidence(relation.evidence()));
    }

    private static String evidence(List<Evidence> evidence) {
        ArrayNode array = JSON.createArrayNode();
        for (Evidence one : evidence) {
            array.addObject()
                    .put("kind", one.kind().name())
                    .put("weight", one.weight())
                    .put("words", one.words());
        }
        return array.toString();
    }

    /** @param row with the source and name of both tables, and the properties of the relationship */
    static Relation relation(Value row) {
        Value properties = row.get("relation");
        try {
            return new Relation(
                    key(row, "from", properties.get("from_columns")),
                    key(row, "to", properties.get("to_columns")),
                    properties.get("score").asDouble(),
                    evidence(properties.get("evidence").asString()),
                    Relation.Status.valueOf(properties.get("status").asString()));
        } catch (IllegalArgumentException | org.neo4j.driver.exceptions.value.ValueException e) {
            throw damaged(e);
        }
    }

    private static Key key(Value row, String side, Value columns) {
        TableRef table = new TableRef(
                row.get(side + "Source").asString(), row.get(side + "Name").asString());
        return new Key(table, columns.asList(Value::asString));
    }

    private static List<Evidence> evidence(String json) {
        try {
            List<Evidence> evidence = new ArrayList<>();
            for (JsonNode node : JSON.readTree(json)) {
                evidence.add(new Evidence(
                        Evidence.Kind.valueOf(node.path("kind").asText()),
                        node.path("weight").asDouble(),
                        node.path("words").asText()));
            }
            return evidence;
        } catch (JsonProcessingException e) {
            throw damaged(e);
        }
    }

    private static StudioException damaged(Exception cause) {
        return new StudioException(
                ErrorCode.STORAGE_FAILED,
                "A relation in Neo4j was not written by Studio, or was changed",
                "Delete the relationships REFERS_TO and load the databases again",
                cause);
    }
}
