package dev.datastudio.app.sample;

import dev.datastudio.agents.graph.GraphDraft;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.SavedNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The graph to begin with: a template whose inputs are the sample data set and a question about it. */
final class SampleGraph {
    private SampleGraph() {}

    static SavedGraph over(GraphDraft draft, Dataset dataset, String question) {
        List<SavedNode> nodes = draft.graph().nodes().stream()
                .map(node -> switch (node.type()) {
                    case "dataset.input" -> withDefault(node, dataset.name());
                    case "text.input" -> withDefault(node, question);
                    default -> node;
                })
                .toList();
        return draft.graph().withNodes(nodes);
    }

    private static SavedNode withDefault(SavedNode node, String value) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>(node.config().all());
        config.put("default", value);
        return node.withConfig(config);
    }
}
