package dev.datastudio.agents.graph.internal;

import dev.datastudio.agents.graph.GraphRun;
import dev.datastudio.agents.graph.NodeRun;
import dev.datastudio.agents.graph.NodeState;
import dev.datastudio.agents.graph.NodeUsage;
import dev.datastudio.agents.graph.PendingQuestion;
import dev.datastudio.agents.graph.RunProblem;
import dev.datastudio.agents.graph.RunState;
import dev.datastudio.graph.json.Values;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Runs as they are kept: what a list shows, and apart from it how the nodes stand. */
final class RunJson {
    private RunJson() {}

    static String head(GraphRun run) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("graph", run.graph());
        json.put("version", run.version().orElse(0));
        json.put("target", run.target());
        json.put("user", run.user());
        json.put("state", run.state().name());
        json.put("startedAt", run.startedAt().toString());
        run.endedAt().ifPresent(at -> json.put("endedAt", at.toString()));
        json.put("inputs", run.inputs().all());
        run.outputs().ifPresent(outputs -> json.put("outputs", outputs.all()));
        run.error().ifPresent(error -> json.put("error", problem(error)));
        json.put("waitingFor", run.waitingFor().stream().map(RunJson::question).toList());
        json.put("usage", usage(run.usage()));
        json.put("sequence", run.sequence());
        return Values.of(json).toJson();
    }

    static GraphRun head(String id, Values json) {
        int version = (int) json.number("version");
        return new GraphRun(
                id,
                json.text("graph"),
                version == 0 ? OptionalInt.empty() : OptionalInt.of(version),
                json.text("target"),
                json.text("user"),
                RunState.valueOf(json.text("state")),
                instant(json.text("startedAt")),
                json.find("endedAt").map(at -> instant(at.toString())),
                json.object("inputs"),
                json.has("outputs") ? Optional.of(json.object("outputs")) : Optional.empty(),
                json.has("error") ? Optional.of(problem(json.object("error"))) : Optional.empty(),
                List.of(),
                objects(json, "waitingFor").stream().map(RunJson::question).toList(),
                usage(json.object("usage")),
                (long) json.number("sequence"));
    }

    static String nodes(GraphRun run) {
        List<Object> nodes = new ArrayList<>();
        for (NodeRun node : run.nodes()) {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("node", node.node());
            json.put("state", node.state().name());
            node.startedAt().ifPresent(at -> json.put("startedAt", at.toString()));
            json.put("millis", node.took().toMillis());
            node.inputs().ifPresent(inputs -> json.put("inputs", inputs.all()));
            node.outputs().ifPresent(outputs -> json.put("outputs", outputs.all()));
            json.put("extent", node.extent().name());
            json.put("text", node.text());
            node.error().ifPresent(error -> json.put("error", problem(error)));
            json.put("usage", usage(node.usage()));
            json.put("rounds", node.rounds());
            nodes.add(json);
        }
        return Values.of("nodes", nodes).toJson();
    }

    static GraphRun withNodes(GraphRun run, Values json) {
        List<NodeRun> nodes = new ArrayList<>();
        for (Values node : objects(json, "nodes")) {
            nodes.add(new NodeRun(
                    node.text("node"),
                    NodeState.valueOf(node.text("state")),
                    node.find("startedAt").map(at -> instant(at.toString())),
                    Duration.ofMillis((long) node.number("millis")),
                    node.has("inputs") ? Optional.of(node.object("inputs")) : Optional.empty(),
                    node.has("outputs") ? Optional.of(node.object("outputs")) : Optional.empty(),
                    NodeRun.Extent.valueOf(node.text("extent")),
                    node.text("text"),
                    node.has("error") ? Optional.of(problem(node.object("error"))) : Optional.empty(),
                    usage(node.object("usage")),
                    (int) node.number("rounds")));
        }
        return new GraphRun(
                run.id(),
                run.graph(),
                run.version(),
                run.target(),
                run.user(),
                run.state(),
                run.startedAt(),
                run.endedAt(),
                run.inputs(),
                run.outputs(),
                run.error(),
                nodes,
                run.waitingFor(),
                run.usage(),
                run.sequence());
    }

    @SuppressWarnings("unchecked") // names of JSON objects are text
    private static List<Values> objects(Values json, String member) {
        return json.list(member).stream()
                .map(each -> new Values((Map<String, @Nullable Object>) Objects.requireNonNull(each)))
                .toList();
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' is no time", e);
        }
    }

    private static Map<String, Object> problem(RunProblem problem) {
        return Map.of("code", problem.code(), "what", problem.what(), "mend", problem.mend(), "node", problem.node());
    }

    private static RunProblem problem(Values json) {
        return new RunProblem(json.text("code"), json.text("what"), json.text("mend"), json.text("node"));
    }

    private static Map<String, @Nullable Object> question(PendingQuestion question) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", question.id());
        json.put("node", question.node());
        json.put("kind", question.kind());
        json.put("question", question.question());
        json.put("value", question.value());
        return json;
    }

    private static PendingQuestion question(Values json) {
        return new PendingQuestion(
                json.text("id"),
                json.text("node"),
                json.text("kind"),
                json.text("question"),
                json.all().get("value"));
    }

    private static Map<String, Object> usage(NodeUsage usage) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("in", usage.inputTokens());
        json.put("out", usage.outputTokens());
        usage.cost().ifPresent(cost -> json.put("cost", cost.toPlainString()));
        return json;
    }

    private static NodeUsage usage(Values json) {
        return new NodeUsage(
                (long) json.number("in"),
                (long) json.number("out"),
                json.find("cost").map(cost -> new BigDecimal(cost.toString())));
    }
}
