package dev.datastudio.agents.graph.internal;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.core.Studio;
import dev.datastudio.core.query.EngineLease;
import dev.datastudio.core.table.TableSource;
import dev.datastudio.graph.GraphException.Problem;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.Port;
import dev.datastudio.graph.json.PortType;
import dev.datastudio.graph.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A node that runs one statement that reads. Its placeholders become bound values, so that a value can't change it. */
final class SqlNode {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([^{}]{0,80}?)\\s*}}");
    private static final int DEFAULT_ROWS = 1_000;
    private static final String DATASETS_PORT = "datasets";

    private SqlNode() {}

    static NodeType type(Studio studio) {
        return NodeType.define("sql", 1)
                .title("SQL")
                .category("Data")
                .description("Runs one statement that reads, over data sets as tables, or in a database."
                        + " {{name}} stands for a value that arrives at the input of that name.")
                .config("""
                        {"type":"object","required":["sql"],"additionalProperties":false,"properties":{
                          "sql":{"type":"string","minLength":1,"maxLength":100000,"format":"sql"},
                          %s,
                          "maxRows":{"type":"integer","minimum":1,"maximum":10000,"default":1000}}}
                        """.formatted(DataNodes.datasetsSchema()))
                .check(config -> problems(config.text("sql")))
                .inputs(SqlNode::inputs)
                .outputs(
                        Port.required("rows", PortType.listOf(PortType.ANY)),
                        Port.required("columns", PortType.listOf(PortType.TEXT)),
                        Port.required("text", PortType.TEXT),
                        Port.required("totalRows", PortType.NUMBER))
                .work(config -> (inputs, context) -> run(studio, config, inputs, context))
                .build();
    }

    private static List<String> names(String sql) {
        List<String> names = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(sql);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private static List<Problem> problems(String sql) {
        List<Problem> problems = new ArrayList<>();
        for (String name : names(sql)) {
            if (!Port.isName(name) || name.equals(DATASETS_PORT)) {
                problems.add(new Problem(
                        "/sql has the placeholder '" + name + "'",
                        "Name it with letters, digits, '_' and '-', beginning with a letter or '_', not 'datasets'"));
            }
        }
        return problems;
    }

    private static List<Port> inputs(Values config) {
        List<Port> ports = new ArrayList<>();
        names(config.text("sql")).stream().distinct().forEach(name -> ports.add(Port.required(name, PortType.ANY)));
        ports.add(DataNodes.datasetPort(config));
        return ports;
    }

    private static Values run(Studio studio, Values config, Values inputs, NodeContext context) {
        List<@Nullable Object> bound = new ArrayList<>();
        for (String name : names(config.text("sql"))) {
            bound.add(value(inputs.all().get(name)));
        }
        String sql = PLACEHOLDER.matcher(config.text("sql")).replaceAll("?");
        int rows = config.has("maxRows") ? (int) config.number("maxRows") : DEFAULT_ROWS;
        Query query = new Query(sql, bound, QueryLimits.DEFAULT.withMaxRows(rows));
        QueryResult result = result(studio, DataNodes.named(config, inputs), query, context);
        Map<String, @Nullable Object> outputs = new LinkedHashMap<>();
        outputs.put("rows", DataNodes.rows(result.columns(), result.rows()));
        outputs.put("columns", result.columns().stream().map(ResultColumn::name).toList());
        outputs.put("text", text(result));
        outputs.put("totalRows", result.totalRows());
        return Values.of(outputs);
    }

    private static @Nullable Object value(@Nullable Object value) {
        return value == null || value instanceof Number || value instanceof Boolean ? value : String.valueOf(value);
    }

    private static QueryResult result(Studio studio, List<String> names, Query query, NodeContext context) {
        if (names.size() == 1 && DataNodes.find(studio, context, names.get(0)).isEmpty()) {
            Optional<String> source =
                    DataNodes.source(studio, context, names.get(0)).map(Object::toString);
            if (source.isPresent()) {
                try (TableSource tables = studio.tables().open(context.caller(), source.get())) {
                    return tables.engine().execute(query, context.cancellation());
                }
            }
        }
        List<Dataset> data = names.stream()
                .map(name -> DataNodes.data(studio, context, name))
                .toList();
        try (EngineLease lease = studio.engine(context.caller(), data)) {
            return lease.engine().execute(query, context.cancellation());
        }
    }

    /** The rows as text with a line for each, for prompts. */
    private static String text(QueryResult result) {
        StringBuilder text = new StringBuilder();
        text.append(String.join(
                        " | ", result.columns().stream().map(ResultColumn::name).toList()))
                .append('\n');
        for (List<@Nullable Object> row : result.rows()) {
            text.append(String.join(" | ", row.stream().map(String::valueOf).toList()))
                    .append('\n');
        }
        return text.toString().strip();
    }
}
