package dev.datastudio.agents.agent.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.agents.agent.AgentLimits;
import dev.datastudio.agents.agent.AgentSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** How an agent is kept. What is read is checked as what is given. */
final class AgentSpecJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private AgentSpecJson() {}

    static String write(AgentSpec spec) {
        ObjectNode json = JSON.createObjectNode();
        json.put("id", spec.id());
        json.put("title", spec.title());
        json.put("description", spec.description());
        json.put("instructions", spec.instructions());
        spec.tools().forEach(json.putArray("tools")::add);
        json.put("model", spec.model());
        spec.temperature().ifPresent(value -> json.put("temperature", value));
        json.put("max_steps", spec.limits().maxSteps());
        json.put("max_tokens", spec.limits().maxTokens());
        return json.toString();
    }

    /** @throws IllegalArgumentException if it is no JSON, or a limit is out of range */
    static AgentSpec read(String text) {
        try {
            return read(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an agent must be a JSON object", e);
        }
    }

    static AgentSpec read(JsonNode json) {
        List<String> tools = new ArrayList<>();
        json.path("tools").forEach(tool -> tools.add(tool.asText()));
        JsonNode temperature = json.path("temperature");
        return new AgentSpec(
                json.path("id").asText(),
                json.path("title").asText(),
                json.path("description").asText(),
                json.path("instructions").asText(),
                tools,
                json.path("model").asText(),
                temperature.isNumber() ? OptionalDouble.of(temperature.asDouble()) : OptionalDouble.empty(),
                new AgentLimits(
                        json.path("max_steps").asInt(), json.path("max_tokens").asLong()));
    }
}
