package dev.datastudio.graph.json;

import java.util.Map;

/** Saved graphs for the tests. */
final class Graphs {
    private Graphs() {}

    static SavedNode input(String id, String name) {
        return SavedNode.of(id, "text.input", 1).withConfig(Map.of("name", name));
    }

    static SavedNode output(String id, String name) {
        return SavedNode.of(id, "text.output", 1).withConfig(Map.of("name", name));
    }

    static SavedNode template(String id, String template) {
        return SavedNode.of(id, "template", 1).withConfig(Map.of("template", template));
    }

    /** Greets by name. */
    static SavedGraph greeting() {
        return SavedGraph.named("Greeting")
                .plus(input("who", "name").withTitle("Who"))
                .plus(template("greet", "Hello, {{name}}.").withPosition(250, 0))
                .plus(output("out", "greeting").withPosition(500, 0))
                .plus(SavedEdge.between("who", "value", "greet", "name"))
                .plus(SavedEdge.between("greet", "text", "out", "value"));
    }

    /** Judges a score in one of two branches, which meet again at the output. */
    static SavedGraph branches() {
        return SavedGraph.named("Branches")
                .plus(input("score", "score"))
                .plus(SavedNode.of("check", "condition", 1)
                        .withConfig(Map.of("operator", "greater", "right", 0.5))
                        .withPosition(250, 0))
                .plus(template("good", "good: {{score}}").withPosition(500, -80))
                .plus(template("poor", "poor: {{score}}").withPosition(500, 80))
                .plus(output("out", "verdict").withPosition(750, 0))
                .plus(SavedEdge.between("score", "value", "check", "value"))
                .plus(SavedEdge.between("check", "true", "good", "score"))
                .plus(SavedEdge.between("check", "false", "poor", "score"))
                .plus(SavedEdge.between("good", "text", "out", "value"))
                .plus(SavedEdge.between("poor", "text", "out", "value"));
    }
}
