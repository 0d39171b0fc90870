package dev.datastudio.graph.json.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.Port;
import dev.datastudio.graph.json.PortType;
import dev.datastudio.graph.json.Values;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The node that compares: a closed set of operators, no language. Numbers, and texts that are numbers, compare as numbers;
 * other texts by their characters. Regular expressions are left out, as Java's can't be bounded in time.
 */
final class Conditions {
    private static final String EMPTY = "isEmpty";

    private Conditions() {}

    static NodeType type() {
        return NodeType.define("condition", 1)
                .title("Condition")
                .category("Flow")
                .description("Sends what arrives on to one of two branches.")
                .role(NodeType.Role.CHOICE)
                .config("""
                        {"type":"object","required":["operator"],"additionalProperties":false,"properties":{
                          "operator":{"enum":["equals","notEquals","contains","startsWith","endsWith","greater","less",
                            "isEmpty"]},
                          "right":{"type":["string","number","boolean"],
                            "description":"what to compare with; without it, it is an input"},
                          "ignoreCase":{"type":"boolean","default":false}}}
                        """)
                .inputs(Conditions::inputs)
                .outputs(Port.optional("true", PortType.ANY), Port.optional("false", PortType.ANY))
                .work(config -> (inputs, context) -> {
                    Object left = inputs.all().get("value");
                    Object right = config.has("right")
                            ? config.all().get("right")
                            : inputs.all().get("right");
                    String output = holds(config, left, right) ? "true" : "false";
                    return Values.of(Collections.singletonMap(output, left));
                })
                .build();
    }

    private static List<Port> inputs(Values config) {
        List<Port> inputs = new ArrayList<>(List.of(Port.required("value", PortType.ANY)));
        if (!config.has("right") && !config.text("operator").equals(EMPTY)) {
            inputs.add(Port.required("right", PortType.ANY));
        }
        return inputs;
    }

    private static boolean holds(Values config, @Nullable Object left, @Nullable Object right) {
        boolean ignoreCase = config.has("ignoreCase") && config.isTrue("ignoreCase");
        Object one = ignoreCase ? folded(left) : left;
        Object other = ignoreCase ? folded(right) : right;
        return switch (config.text("operator")) {
            case "equals" -> same(one, other);
            case "notEquals" -> !same(one, other);
            case "contains" ->
                one instanceof List<?> list
                        ? list.stream().anyMatch(element -> same(element, other))
                        : JsonValues.text(one).contains(JsonValues.text(other));
            case "startsWith" -> JsonValues.text(one).startsWith(JsonValues.text(other));
            case "endsWith" -> JsonValues.text(one).endsWith(JsonValues.text(other));
            case "greater" -> order(one, other) > 0;
            case "less" -> order(one, other) < 0;
            case EMPTY -> isEmpty(one);
            default -> throw new AssertionError(config);
        };
    }

    private static @Nullable Object folded(@Nullable Object value) {
        if (value instanceof List<?> list) {
            List<@Nullable Object> folded = new ArrayList<>();
            list.forEach(element -> folded.add(folded(element)));
            return folded;
        }
        return value instanceof String text ? text.toLowerCase(Locale.ROOT) : value;
    }

    private static boolean same(@Nullable Object left, @Nullable Object right) {
        Optional<BigDecimal> one = StandardTypes.numeric(left);
        Optional<BigDecimal> other = StandardTypes.numeric(right);
        if (one.isPresent() && other.isPresent()) {
            return one.get().compareTo(other.get()) == 0;
        }
        boolean lists = left instanceof List || left instanceof Map || right instanceof List || right instanceof Map;
        return lists
                ? JsonWriter.line(left).equals(JsonWriter.line(right))
                : JsonValues.text(left).equals(JsonValues.text(right));
    }

    private static int order(@Nullable Object left, @Nullable Object right) {
        Optional<BigDecimal> one = StandardTypes.numeric(left);
        Optional<BigDecimal> other = StandardTypes.numeric(right);
        if (one.isPresent() && other.isPresent()) {
            return one.get().compareTo(other.get());
        }
        if (left instanceof String text && right instanceof String with) {
            return text.compareTo(with);
        }
        throw new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                JsonValues.described(left) + " and " + JsonValues.described(right) + " have no order",
                "Compare two numbers or two texts");
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value == null
                || (value instanceof String text && text.isBlank())
                || (value instanceof List<?> list && list.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
    }
}
