package dev.datastudio.agents.graph.internal;

import dev.datastudio.agents.graph.GraphTemplate;
import dev.datastudio.graph.json.GraphJson;
import dev.datastudio.graph.json.SavedGraph;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The graphs to begin with, out of resource files. */
public final class Templates {
    private static final String FOLDER = "/dev/datastudio/agents/graph/templates/";

    private Templates() {}

    /** All of them, the simplest first. */
    public static List<GraphTemplate> all() {
        return Loaded.ALL;
    }

    /** Read when first asked for. */
    private static final class Loaded {
        static final List<GraphTemplate> ALL = List.of(
                load("ask-data", GraphTemplate.Model.OPTIONAL),
                load("greeting", GraphTemplate.Model.OPTIONAL),
                load("document-question", GraphTemplate.Model.OPTIONAL),
                load("document-chat", GraphTemplate.Model.REQUIRED),
                load("summarise", GraphTemplate.Model.REQUIRED),
                load("approved-reply", GraphTemplate.Model.REQUIRED),
                load("tree-of-thought", GraphTemplate.Model.REQUIRED));
    }

    private static GraphTemplate load(String id, GraphTemplate.Model model) {
        String file = FOLDER + id + ".json";
        try (InputStream in = Objects.requireNonNull(Templates.class.getResourceAsStream(file), file)) {
            SavedGraph graph = GraphJson.read(in);
            return new GraphTemplate(id, graph.name(), graph.description(), model, graph);
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + file + " can't be read", e);
        }
    }
}
