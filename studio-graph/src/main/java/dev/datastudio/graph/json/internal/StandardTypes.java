package dev.datastudio.graph.json.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.GraphException.Problem;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.Port;
import dev.datastudio.graph.json.PortType;
import dev.datastudio.graph.json.Values;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The node types of this module. */
public final class StandardTypes {
    private static final String NAME = "{\"type\":\"string\",\"minLength\":1,\"maxLength\":64}";
    private static final String GRAPH_OR_ID =
            "\"graph\":{\"type\":\"object\"},\"graphId\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":200}";

    private StandardTypes() {}

    public static List<NodeType> all() {
        return List.of(textInput(), template(), Conditions.type(), map(), subgraph(), textOutput());
    }

    private static NodeType textInput() {
        return NodeType.define("text.input", 1)
                .title("Text input")
                .category("Input and output")
                .description("A value that the graph is given when it runs.")
                .role(NodeType.Role.INPUT)
                .config("""
                        {"type":"object","required":["name"],"additionalProperties":false,"properties":{
                          "name":%s,
                          "format":{"enum":["text","number","lines","json"],"default":"text",
                            "description":"how text is read: as it is, as a number, as a list of its lines, as JSON"},
                          "default":{"description":"used when nothing is given"}}}
                        """.formatted(NAME))
                .check(config -> nameProblems(config, "name"))
                .outputs(config -> List.of(Port.required("value", typeOf(format(config)))))
                .work(config -> (inputs, context) -> Values.of(Map.of("value", given(config, inputs))))
                .build();
    }

    private static String format(Values config) {
        return config.text("format", "text");
    }

    private static PortType typeOf(String format) {
        return switch (format) {
            case "number" -> PortType.NUMBER;
            case "lines" -> PortType.listOf(PortType.TEXT);
            case "json" -> PortType.ANY;
            default -> PortType.TEXT;
        };
    }

    private static Object given(Values config, Values inputs) {
        String name = config.text("name");
        Object value = inputs.find("given")
                .or(() -> config.find("default"))
                .orElseThrow(() -> new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "Input " + StudioException.quote(name) + " was not given",
                        "Give it, or set a default in its node"));
        Object read = value instanceof String text ? read(text, format(config), name) : value;
        PortType type = typeOf(format(config));
        if (!type.takes(read)) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Input " + StudioException.quote(name) + " is " + JsonValues.described(read),
                    "Give " + type.described());
        }
        return read;
    }

    private static Object read(String text, String format, String name) {
        return switch (format) {
            case "number" ->
                number(text)
                        .orElseThrow(() -> new StudioException(
                                ErrorCode.INVALID_ARGUMENT,
                                "Input " + StudioException.quote(name) + " is " + JsonValues.described(text),
                                "Give a number such as 12.5"));
            case "lines" -> text.lines().filter(line -> !line.isBlank()).toList();
            case "json" ->
                Optional.ofNullable(JsonReader.read(text, "Input " + StudioException.quote(name)))
                        .orElseThrow(() -> new StudioException(
                                ErrorCode.INVALID_ARGUMENT,
                                "Input " + StudioException.quote(name) + " is null",
                                "Give a JSON value other than null"));
            default -> text;
        };
    }

    /** The number that a text is, if it is one. */
    static Optional<Number> number(String text) {
        String trimmed = text.strip();
        if (trimmed.length() > 100 || !trimmed.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?")) {
            return Optional.empty();
        }
        if (trimmed.matches("[+-]?\\d{1,18}")) {
            return Optional.of(Long.parseLong(trimmed));
        }
        double number = Double.parseDouble(trimmed);
        return Double.isFinite(number) ? Optional.of(number) : Optional.empty();
    }

    private static NodeType textOutput() {
        return NodeType.define("text.output", 1)
                .title("Text output")
                .category("Input and output")
                .description("A value that the graph ends with.")
                .role(NodeType.Role.OUTPUT)
                .config("{\"type\":\"object\",\"required\":[\"name\"],\"additionalProperties\":false,"
                        + "\"properties\":{\"name\":" + NAME + "}}")
                .check(config -> nameProblems(config, "name"))
                .inputs(Port.required("value", PortType.ANY))
                .work(config -> (inputs, context) -> inputs)
                .build();
    }

    private static NodeType template() {
        return NodeType.define("template", 1)
                .title("Template")
                .category("Text")
                .description("Text with placeholders such as {{name}}; each is an input.")
                .config("""
                        {"type":"object","required":["template"],"additionalProperties":false,"properties":{
                          "template":{"type":"string","maxLength":1000000,"format":"multiline"}}}
                        """)
                .check(config -> Template.problems(config.text("template")))
                .inputs(config -> Template.parse(config.text("template")).names().stream()
                        .map(name -> Port.required(name, PortType.ANY))
                        .toList())
                .outputs(Port.required("text", PortType.TEXT))
                .work(config -> {
                    Template template = Template.parse(config.text("template"));
                    return (inputs, context) -> Values.of("text", template.filled(inputs));
                })
                .build();
    }

    private static NodeType subgraph() {
        return NodeType.define("sub-graph", 1)
                .title("Sub-graph")
                .category("Flow")
                .description("Runs another graph; its inputs and outputs are those of that graph.")
                .role(NodeType.Role.SUBGRAPH)
                .config("{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{" + GRAPH_OR_ID + "}}")
                .check(StandardTypes::oneGraph)
                .build();
    }

    private static NodeType map() {
        return NodeType.define("map", 1)
                .title("Map")
                .category("Flow")
                .description(
                        "Runs another graph for each element of a list, in parallel, and gives the results in order.")
                .role(NodeType.Role.MAP)
                .config("{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{" + GRAPH_OR_ID
                        + ",\"itemInput\":" + NAME + ",\"output\":" + NAME + "}}")
                .check(StandardTypes::oneGraph)
                .build();
    }

    private static List<Problem> oneGraph(Values config) {
        if (config.has("graph") == config.has("graphId")) {
            return List.of(new Problem(
                    config.has("graph") ? " has both 'graph' and 'graphId'" : " has neither 'graph' nor 'graphId'",
                    "Give the graph itself as 'graph', or the id of one as 'graphId'"));
        }
        return List.of();
    }

    private static List<Problem> nameProblems(Values config, String member) {
        String name = config.text(member);
        List<Problem> problems = new ArrayList<>();
        if (!Port.isName(name)) {
            problems.add(new Problem(
                    "/" + member + " is " + JsonValues.described(name),
                    "Use letters, digits, '_' and '-', beginning with a letter or '_'"));
        }
        return problems;
    }

    /** A number, or a text that is one, for comparing. */
    static Optional<BigDecimal> numeric(@Nullable Object value) {
        if (value instanceof Number number) {
            return Optional.of(new BigDecimal(number.toString()));
        }
        return value instanceof String text && number(text).isPresent()
                ? Optional.of(new BigDecimal(text.strip()))
                : Optional.empty();
    }
}
