package dev.datastudio.agents.graph.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.agents.tool.Approval;
import dev.datastudio.agents.tool.RegisteredTool;
import dev.datastudio.agents.tool.ToolEvent;
import dev.datastudio.agents.tool.ToolLimits;
import dev.datastudio.agents.tool.ToolRegistry;
import dev.datastudio.agents.tool.ToolRunner;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.SideEffect;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.api.tool.ToolCall;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.Studio;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.Uncertain;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.Port;
import dev.datastudio.graph.json.PortType;
import dev.datastudio.graph.json.Values;
import dev.datastudio.graph.json.internal.JsonReader;
import dev.datastudio.graph.json.internal.PortValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A kind of node for each tool of a caller: its arguments are inputs, or stand in the configuration. A tool that does more
 * than read asks a person first.
 */
public final class ToolNodes {
    /** What the id of each type begins with. */
    public static final String PREFIX = "tool.";

    private static final ObjectMapper JSON = new ObjectMapper();
    /** The kind of its questions. */
    static final String ASK = "tool";

    private static final ToolLimits LIMITS = ToolLimits.DEFAULT.withMaxResultCharacters(1_000_000);

    private ToolNodes() {}

    /** All of them; looking at the tools opens nothing. */
    public static List<NodeType> all(Studio studio, Caller caller) {
        List<NodeType> types = new ArrayList<>();
        for (RegisteredTool tool : ToolRegistry.of(studio).as(caller).list()) {
            types.add(type(studio, tool));
        }
        return types;
    }

    private static NodeType type(Studio studio, RegisteredTool registered) {
        Tool tool = registered.tool();
        JsonNode schema = schema(tool);
        NodeType.Builder type = NodeType.define(PREFIX + tool.name(), 1)
                .title(title(tool.name()))
                .category("Tools")
                .description(registered.disabled().map(why -> why + " ").orElse("") + tool.description())
                .inputs(config -> inputs(schema, config))
                .outputs(
                        Port.required("text", PortType.TEXT),
                        Port.optional("value", PortType.ANY),
                        Port.required("artifacts", PortType.listOf(PortType.TEXT)))
                .work(config -> (inputs, context) -> call(studio, tool, config, inputs, context));
        try {
            return type.config(config(schema)).build();
        } catch (IllegalArgumentException e) { // its schema has words that forms of nodes don't know
            return type.config(config(JSON.createObjectNode())).build();
        }
    }

    private static JsonNode schema(Tool tool) {
        try {
            return JSON.readTree(tool.inputSchema());
        } catch (JsonProcessingException e) { // calling it says so
            return JSON.createObjectNode();
        }
    }

    private static String title(String name) {
        String words = name.replace('_', ' ').strip();
        return words.isEmpty() ? name : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** The arguments that do not arrive by an edge; none is required here. */
    private static String config(JsonNode schema) {
        ObjectNode arguments = JSON.createObjectNode().put("type", "object");
        arguments.put("description", "arguments that no edge brings");
        if (schema.path("properties").isObject()) {
            arguments.set("properties", schema.path("properties"));
            arguments.put("additionalProperties", false);
        }
        ObjectNode config = JSON.createObjectNode().put("type", "object").put("additionalProperties", false);
        config.putObject("properties").set("arguments", arguments);
        return config.toString();
    }

    private static List<Port> inputs(JsonNode schema, Values config) {
        Values given = arguments(config);
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        List<Port> ports = new ArrayList<>();
        schema.path("properties").properties().forEach(property -> {
            String name = property.getKey();
            if (Port.isName(name)) {
                PortType type = portType(property.getValue());
                ports.add(
                        required.contains(name) && !given.has(name)
                                ? Port.required(name, type)
                                : Port.optional(name, type));
            }
        });
        return ports;
    }

    private static PortType portType(JsonNode schema) {
        return switch (schema.path("type").asText()) {
            case "string" -> PortType.TEXT;
            case "number", "integer" -> PortType.NUMBER;
            case "boolean" -> PortType.BOOLEAN;
            case "array" -> PortType.listOf(portType(schema.path("items")));
            default -> PortType.ANY;
        };
    }

    private static Values arguments(Values config) {
        return config.has("arguments") ? config.object("arguments") : Values.none();
    }

    private static Values call(Studio studio, Tool tool, Values config, Values inputs, NodeContext context)
            throws Exception {
        Map<String, @Nullable Object> arguments =
                new LinkedHashMap<>(arguments(config).all());
        arguments.putAll(inputs.all());
        String json = Values.of(arguments).toJson();
        if (tool.sideEffect() == SideEffect.READ) {
            return run(studio, tool, json, Approval.READ_ONLY, context);
        }
        Approval approval = asked(tool, arguments, context);
        // Nodes of one name in several sub-graphs are several calls, and what one of them did must not be done again.
        String name = context.step("call", String.class, () -> UUID.randomUUID().toString());
        String given = context.effect(
                "call " + name,
                String.class,
                Uncertain.FAIL,
                key -> run(studio, tool, json, approval, context).toJson());
        return PortValue.object(given);
    }

    private static Values run(Studio studio, Tool tool, String json, Approval approval, NodeContext context) {
        AtomicReference<@Nullable ErrorCode> failed = new AtomicReference<>();
        ToolResult result = ToolRunner.builder(ToolRegistry.of(studio))
                .approval(approval)
                .limits(LIMITS)
                .listener(event -> {
                    if (event instanceof ToolEvent.Failed failure) {
                        failed.set(failure.code());
                    } else if (event instanceof ToolEvent.Refused refusal) {
                        failed.set(refusal.code());
                    }
                })
                .build()
                .run(
                        new ToolCall(tool.name(), json),
                        new ToolContext(context.caller(), context.cancellation(), ProgressListener.NONE));
        if (result.isError()) {
            throw failure(tool, result.text(), Optional.ofNullable(failed.get()));
        }
        return given(result);
    }

    /** Asked on the thread of the node, where an interrupt may end it; the runner asks on a thread of its own. */
    private static Approval asked(Tool tool, Map<String, @Nullable Object> arguments, NodeContext context) {
        PersonNodes.Decision decision = PersonNodes.ask(
                context,
                ASK,
                "Let " + StudioException.quote(tool.name()) + " "
                        + (tool.sideEffect() == SideEffect.WRITE ? "change data" : "reach beyond the studio")
                        + " with these arguments?",
                arguments);
        return decision.isApproved()
                ? Approval.allowing(tool.sideEffect())
                : request -> new Approval.Refused("the person who was asked said no");
    }

    private static StudioException failure(Tool tool, String text, Optional<ErrorCode> code) {
        String plain = text.startsWith("Error ") && text.contains(": ") ? text.substring(text.indexOf(": ") + 2) : text;
        String what = plain.strip();
        return new StudioException(
                code.orElse(ErrorCode.INVALID_ARGUMENT),
                "The tool " + StudioException.quote(tool.name()) + " gave an error: "
                        + (what.endsWith(".") ? what.substring(0, what.length() - 1) : what),
                "Change what it is given, or the node's arguments");
    }

    private static Values given(ToolResult result) {
        Map<String, @Nullable Object> outputs = new LinkedHashMap<>();
        outputs.put("text", result.text());
        json(result.text()).ifPresent(value -> outputs.put("value", value));
        outputs.put("artifacts", result.artifacts());
        return Values.of(outputs);
    }

    private static Optional<Object> json(String text) {
        String start = text.strip();
        if (!start.startsWith("{") && !start.startsWith("[")) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JsonReader.read(text, "The result"));
        } catch (StudioException e) { // text that only looks like JSON
            return Optional.empty();
        }
    }
}
