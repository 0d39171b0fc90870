package dev.datastudio.agents.mcp.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.agents.mcp.McpServerSpec;
import dev.datastudio.api.metadata.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A server as it is kept. Immutable.
 *
 * @param id its id
 * @param revision of the entry; 0 when it is not kept yet
 * @param spec how it was configured
 * @param sealedKey its key as the vault sealed it; empty for none
 * @param tools as they were last listed
 * @param checkedAt when; empty when never
 */
public record StoredServer(
        String id,
        long revision,
        McpServerSpec spec,
        String sealedKey,
        List<PinnedTool> tools,
        Optional<Instant> checkedAt) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public StoredServer {
        tools = List.copyOf(tools);
    }

    /** Configured otherwise. */
    public StoredServer with(McpServerSpec newSpec, String newKey) {
        return new StoredServer(id, revision, newSpec, newKey, tools, checkedAt);
    }

    /** Listed at a time. */
    public StoredServer with(List<PinnedTool> newTools, Optional<Instant> when) {
        return new StoredServer(id, revision, spec, sealedKey, newTools, when);
    }

    /** With the newest definition of one tool approved. */
    public StoredServer approving(String hash) {
        return with(
                tools.stream()
                        .map(tool -> tool.newest().hash().equals(hash) ? tool.approve() : tool)
                        .toList(),
                checkedAt);
    }

    /** What a connection depends on. */
    String connection() {
        return spec.endpointUrl() + "\n" + sealedKey;
    }

    String body() {
        ObjectNode body = JSON.createObjectNode();
        body.put("name", spec.name())
                .put("endpoint_url", spec.endpointUrl())
                .put("is_active", spec.active())
                .put("key", sealedKey);
        checkedAt.ifPresent(at -> body.put("checked_at", at.toString()));
        for (PinnedTool tool : tools) {
            ObjectNode one = body.withArray("tools").addObject();
            tool.approved().ifPresent(definition -> write(one.putObject("approved"), definition));
            tool.offered().ifPresent(definition -> write(one.putObject("offered"), definition));
        }
        return body.toString();
    }

    private static void write(ObjectNode node, Definition definition) {
        node.put("name", definition.name())
                .put("description", definition.description())
                .put("schema", definition.schema())
                .put("hash", definition.hash());
    }

    static StoredServer read(Entry entry, JsonNode body) {
        List<PinnedTool> tools = new ArrayList<>();
        for (JsonNode tool : body.path("tools")) {
            tools.add(new PinnedTool(definition(tool.path("approved")), definition(tool.path("offered"))));
        }
        return new StoredServer(
                entry.key().id(),
                entry.revision(),
                new McpServerSpec(
                        body.path("name").asText(),
                        body.path("endpoint_url").asText(),
                        body.path("is_active").asBoolean()),
                body.path("key").asText(),
                tools,
                Optional.ofNullable(body.path("checked_at").textValue()).map(Instant::parse));
    }

    private static Optional<Definition> definition(JsonNode node) {
        return node.isObject()
                ? Optional.of(new Definition(
                        node.path("name").asText(),
                        node.path("description").asText(),
                        node.path("schema").asText(),
                        node.path("hash").asText()))
                : Optional.empty();
    }
}
