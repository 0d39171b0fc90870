package dev.datastudio.core.tool.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The JSON Schema of a tool's arguments, being written. Not thread-safe. */
public final class InputSchema {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, ObjectNode> properties = new LinkedHashMap<>();
    private final Set<String> required = new LinkedHashSet<>();

    /** A text that must be there. */
    public InputSchema required(String name, String description) {
        required.add(name);
        return optional(name, description);
    }

    /** A text that may be there. */
    public InputSchema optional(String name, String description) {
        properties.put(name, property("string", description));
        return this;
    }

    /** A whole number of rows that may be there. */
    public InputSchema rows(String name, int byDefault, int max) {
        ObjectNode property = property("integer", "How many rows at most");
        property.put("minimum", 1).put("maximum", max).put("default", byDefault);
        properties.put(name, property);
        return this;
    }

    /** Texts that may be there. */
    public InputSchema texts(String name, String description) {
        ObjectNode property = property("array", description);
        property.putObject("items").put("type", "string");
        properties.put(name, property);
        return this;
    }

    /** One of some words that may be there. */
    public InputSchema choice(String name, List<String> words, String byDefault, String description) {
        ObjectNode property = property("string", description);
        words.forEach(property.withArray("enum")::add);
        if (!byDefault.isEmpty()) {
            property.put("default", byDefault);
        }
        properties.put(name, property);
        return this;
    }

    /** A number that may be there. */
    public InputSchema number(String name, double byDefault, String description) {
        properties.put(name, property("number", description).put("default", byDefault));
        return this;
    }

    /** A whole number that may be there. */
    public InputSchema count(String name, int max, String description) {
        ObjectNode property = property("integer", description);
        properties.put(name, property.put("minimum", 1).put("maximum", max));
        return this;
    }

    /** A JSON object that may be there, with any members. */
    public InputSchema object(String name, String description) {
        properties.put(name, property("object", description));
        return this;
    }

    /** Anything that a JSON Schema says. */
    public InputSchema schema(String name, Map<String, ?> schema) {
        properties.put(name, JSON.valueToTree(schema));
        return this;
    }

    private static ObjectNode property(String type, String description) {
        return JSON.createObjectNode().put("type", type).put("description", description);
    }

    public Set<String> names() {
        return properties.keySet();
    }

    public String json() {
        ObjectNode schema = JSON.createObjectNode().put("type", "object");
        ObjectNode named = schema.putObject("properties");
        properties.forEach(named::set);
        required.forEach(schema.withArray("required")::add);
        schema.put("additionalProperties", false);
        return schema.toString();
    }
}
