package dev.datastudio.agents.graph.internal;

import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AnswerArtifact;
import dev.datastudio.agents.ask.AnswerStep;
import dev.datastudio.agents.ask.AskOptions;
import dev.datastudio.agents.ask.AskOptions.Pictures;
import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.core.Studio;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.Port;
import dev.datastudio.graph.json.PortType;
import dev.datastudio.graph.json.Values;
import dev.datastudio.graph.json.internal.PortValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Nodes that take data sets, ask questions of them, and run SQL. */
public final class DataNodes {
    private static final int MAX_FIGURE = 2_000_000;
    private static final String DATASETS = """
            "datasets":{"type":"array","items":{"type":"string","minLength":1,"maxLength":300},"maxItems":20,
              "description":"ids or names of data sets, or the id of a database; else they arrive by an edge",
              "format":"dataset-ids"}""";

    private DataNodes() {}

    /** All of them. */
    public static List<NodeType> all(Studio studio) {
        return List.of(dataset(studio), question(studio), SqlNode.type(studio), list());
    }

    private static NodeType dataset(Studio studio) {
        return NodeType.define("dataset.input", 1)
                .title("Data set input")
                .category("Input and output")
                .description("A data set that the graph is given when it runs, by its id or its name.")
                .role(NodeType.Role.INPUT)
                .config("""
                        {"type":"object","required":["name"],"additionalProperties":false,"properties":{
                          "name":{"type":"string","minLength":1,"maxLength":64},
                          "default":{"type":"string","maxLength":300,"format":"dataset-id",
                            "description":"id or name of the data set that is used when none is given"}}}
                        """)
                .check(DocumentNodes::nameProblems)
                .outputs(
                        Port.required("dataset", PortType.TEXT),
                        Port.required("name", PortType.TEXT),
                        Port.required("columns", PortType.listOf(PortType.TEXT)))
                .work(config -> (inputs, context) -> {
                    Dataset found = data(studio, context, DocumentNodes.given(config, inputs, "a data set"));
                    return Values.of(Map.of(
                            "dataset",
                            found.id().toString(),
                            "name",
                            found.name(),
                            "columns",
                            found.columns().stream().map(each -> each.name()).toList()));
                })
                .build();
    }

    private static NodeType list() {
        return NodeType.define("list", 1)
                .title("List")
                .category("Flow")
                .description("Collects what arrives by several edges into one list, in the order of the edges.")
                .inputs(Port.many("items", PortType.ANY))
                .outputs(Port.required("list", PortType.listOf(PortType.ANY)))
                .work(config -> (inputs, context) -> Values.of("list", inputs.list("items")))
                .build();
    }

    private static NodeType question(Studio studio) {
        return NodeType.define("question", 1)
                .title("Question")
                .category("Data")
                .description("Answers a question about data sets, with figures, rows and charts; needs no model.")
                .config("{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{" + DATASETS
                        + ",\"maxRows\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":10000,\"default\":200}}}")
                .inputs(config -> List.of(Port.required("question", PortType.TEXT), datasetPort(config)))
                .outputs(
                        Port.required("text", PortType.TEXT),
                        Port.required("status", PortType.TEXT),
                        Port.optional("value", PortType.ANY),
                        Port.required("rows", PortType.listOf(PortType.ANY)),
                        Port.required("sql", PortType.listOf(PortType.TEXT)),
                        Port.required("charts", PortType.listOf(PortType.ANY)))
                .work(config -> (inputs, context) -> answered(studio, answer(studio, config, inputs, context)))
                .build();
    }

    static Port datasetPort(Values config) {
        return config.has("datasets") && !config.list("datasets").isEmpty()
                ? Port.optional("datasets", PortType.ANY)
                : Port.many("datasets", PortType.ANY);
    }

    /** The member of a configuration that names data. */
    static String datasetsSchema() {
        return DATASETS;
    }

    /** The ids or names of data: those that arrived, else those of the configuration. */
    static List<String> named(Values config, Values inputs) {
        List<String> arrived = texts(inputs.all().get("datasets"));
        return arrived.isEmpty() ? texts(config.all().get("datasets")) : arrived;
    }

    /** A text, or all texts of a list, also of a list of lists. */
    static List<String> texts(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().flatMap(each -> texts(each).stream()).toList();
        }
        return value == null || String.valueOf(value).isBlank() ? List.of() : List.of(String.valueOf(value));
    }

    private static Answer answer(Studio studio, Values config, Values inputs, NodeContext context) {
        int rows = config.has("maxRows") ? (int) config.number("maxRows") : 200;
        AskOptions options = AskOptions.DEFAULT
                .withMaxRows(rows)
                .withPictures(Pictures.DRAW)
                .withCancellation(context.cancellation());
        List<String> names = named(config, inputs);
        String question = inputs.text("question");
        Analyst analyst = Analyst.of(studio).as(context.caller());
        if (names.size() == 1 && find(studio, context, names.get(0)).isEmpty()) {
            Optional<SourceId> source = source(studio, context, names.get(0));
            if (source.isPresent()) {
                return analyst.ask(source.get(), question, options);
            }
        }
        return analyst.ask(
                names.stream().map(name -> data(studio, context, name)).toList(), question, options);
    }

    static Optional<SourceId> source(Studio studio, NodeContext context, String id) {
        return studio.sources().as(context.caller()).list().stream()
                .filter(source ->
                        source.id().toString().equals(id) || source.name().equals(id))
                .map(source -> source.id())
                .findFirst();
    }

    static Optional<Dataset> find(Studio studio, NodeContext context, String idOrName) {
        return studio.datasets().as(context.caller()).list().stream()
                .filter(each ->
                        each.id().toString().equals(idOrName) || each.name().equals(idOrName))
                .findFirst();
    }

    static Dataset data(Studio studio, NodeContext context, String idOrName) {
        return find(studio, context, idOrName)
                .or(() -> studio.datasets().as(context.caller()).find(idOrName))
                .orElseThrow(() -> new StudioException(
                        ErrorCode.DATASET_NOT_FOUND,
                        "There is no data set " + StudioException.quote(idOrName),
                        "Choose one of your data sets in the node, or give its name or id"));
    }

    private static Values answered(Studio studio, Answer answer) {
        Map<String, @Nullable Object> outputs = new LinkedHashMap<>();
        outputs.put("text", answer.message().isBlank() ? answer.reading() : answer.message());
        outputs.put("status", answer.status().jsonName());
        List<Object> rows = new ArrayList<>();
        List<Object> charts = new ArrayList<>();
        for (AnswerStep step : answer.steps()) {
            rows.addAll(rows(step.columns(), step.rows()));
            charts.addAll(charts(studio, step));
        }
        if (answer.steps().size() == 1 && answer.steps().get(0).value() != null) {
            outputs.put("value", plain(answer.steps().get(0).value()));
        }
        outputs.put("rows", rows);
        outputs.put("sql", answer.steps().stream().map(AnswerStep::sql).toList());
        outputs.put("charts", charts);
        return Values.of(outputs);
    }

    /** Rows as objects by the names of their columns. */
    static List<Object> rows(List<ResultColumn> columns, List<List<@Nullable Object>> rows) {
        List<Object> objects = new ArrayList<>(rows.size());
        for (List<@Nullable Object> row : rows) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                object.put(columns.get(i).name(), plain(row.get(i)));
            }
            objects.add(object);
        }
        return objects;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Double number && !Double.isFinite(number)) {
            return null;
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    private static List<Object> charts(Studio studio, AnswerStep step) {
        List<Object> charts = new ArrayList<>();
        for (AnswerArtifact artifact : step.artifacts()) {
            if (artifact.type().equals("image")) {
                Map<String, @Nullable Object> chart = new LinkedHashMap<>();
                chart.put("kind", step.chart());
                chart.put("title", step.reading().isEmpty() ? step.intent() : step.reading());
                chart.put("image", artifact.key());
                step.artifacts().stream()
                        .filter(each -> each.type().equals("json"))
                        .findFirst()
                        .flatMap(json -> figure(studio, json.key()))
                        .ifPresent(figure -> chart.put("figure", figure.all()));
                charts.add(chart);
            }
        }
        return charts;
    }

    /** The figure as data, unless it is too large to go through a graph. */
    private static Optional<Values> figure(Studio studio, String key) {
        try (InputStream in = studio.artifacts().open(new ArtifactKey(key))) {
            byte[] bytes = in.readNBytes(MAX_FIGURE + 1);
            return bytes.length > MAX_FIGURE
                    ? Optional.empty()
                    : Optional.of(PortValue.object(new String(bytes, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("artifact " + key + " can't be read", e);
        }
    }
}
