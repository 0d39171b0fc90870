package dev.datastudio.rag.index.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Conditions on metadata, in Chroma's words. A record without the metadatum fulfils the negative ones only. */
public final class ChromaWhere {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ChromaWhere() {}

    /** The metadatum is this text, {@link Long} or {@link Boolean}. */
    public static JsonNode is(String name, Object value) {
        return compare(name, "$eq", value);
    }

    /** It is not, or is not there. */
    public static JsonNode not(String name, Object value) {
        return compare(name, "$ne", value);
    }

    /** The number is at least this. */
    public static JsonNode atLeast(String name, long value) {
        return compare(name, "$gte", value);
    }

    /** The number is at most this. */
    public static JsonNode atMost(String name, long value) {
        return compare(name, "$lte", value);
    }

    /** The number is less. */
    public static JsonNode less(String name, long value) {
        return compare(name, "$lt", value);
    }

    /** The number is more. */
    public static JsonNode more(String name, long value) {
        return compare(name, "$gt", value);
    }

    /** It is one of these texts or {@link Long}s, one at least. */
    public static JsonNode in(String name, List<?> values) {
        return list(name, "$in", values);
    }

    /** It is none of these, or is not there. */
    public static JsonNode notIn(String name, List<?> values) {
        return list(name, "$nin", values);
    }

    /** All of one condition or more. */
    public static JsonNode all(List<JsonNode> parts) {
        return joined("$and", parts);
    }

    /** One at least of one condition or more. */
    public static JsonNode any(List<JsonNode> parts) {
        return joined("$or", parts);
    }

    private static JsonNode joined(String operator, List<JsonNode> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        ObjectNode where = JSON.objectNode();
        where.putArray(operator).addAll(parts);
        return where;
    }

    private static JsonNode compare(String name, String operator, Object value) {
        ObjectNode where = JSON.objectNode();
        ObjectNode condition = where.putObject(name);
        if (value instanceof Long number) {
            condition.put(operator, number);
        } else if (value instanceof Boolean flag) {
            condition.put(operator, flag);
        } else {
            condition.put(operator, (String) value);
        }
        return where;
    }

    private static JsonNode list(String name, String operator, List<?> values) {
        ObjectNode where = JSON.objectNode();
        ArrayNode list = where.putObject(name).putArray(operator);
        for (Object value : values) {
            if (value instanceof Long number) {
                list.add(number);
            } else {
                list.add((String) value);
            }
        }
        return where;
    }
}
