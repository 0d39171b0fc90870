package dev.datastudio.agents.tool.internal;

import dev.datastudio.api.tool.Tool;
import dev.datastudio.graph.json.internal.JsonReader;
import dev.datastudio.graph.json.internal.JsonWriter;
import dev.langchain4j.agent.tool.ToolSpecification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tools as LangChain4j's models take them. */
public final class Specifications {
    private static final List<String> WORDS_OF_AN_OBJECT = List.of("description", "properties", "required", "$defs");

    private Specifications() {}

    /** The specification of a tool; of the schema itself, only what LangChain4j can say about an object. */
    public static ToolSpecification of(Tool tool) {
        Map<String, Object> specification = new LinkedHashMap<>();
        specification.put("name", tool.name());
        specification.put("description", tool.description());
        specification.put("parameters", parameters(tool));
        return ToolSpecification.fromJson(JsonWriter.line(specification));
    }

    private static Map<String, Object> parameters(Tool tool) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("type", "object");
        if (JsonReader.read(tool.inputSchema(), "The schema of '" + tool.name() + "'") instanceof Map<?, ?> schema) {
            for (String word : WORDS_OF_AN_OBJECT) {
                Object value = schema.get(word);
                if (value != null) {
                    parameters.put(word, value);
                }
            }
            if (schema.get("additionalProperties") instanceof Boolean more) {
                parameters.put("additionalProperties", more);
            }
        }
        return parameters;
    }
}
