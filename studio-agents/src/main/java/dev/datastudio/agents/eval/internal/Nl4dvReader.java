package dev.datastudio.agents.eval.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Reads a set of questions with the columns, tasks and mark they mean. A dialogue begins at its turn 0. */
final class Nl4dvReader {
    private Nl4dvReader() {}

    static List<ItemGroup> read(Path folder) {
        Grouping groups = Grouping.byFile(folder);
        List<String> dialogue = new ArrayList<>();
        for (JsonNode item : JsonLines.read(folder.resolve("queries.jsonl"))) {
            String question = JsonLines.text(item, "query");
            boolean turn = item.hasNonNull("dialog_id");
            if (!turn || item.path("turn").asText().equals("0")) {
                dialogue.clear();
            }
            groups.add(
                    JsonLines.text(item, "table"),
                    EvaluationItem.of(
                                    JsonLines.text(item, "id"),
                                    turn ? "conversation" : "single questions",
                                    turn
                                            ? Map.of("turn", dialogue.isEmpty() ? "first" : "follow-up")
                                            : Map.of("list", JsonLines.text(item, "set")),
                                    question,
                                    check(item))
                            .after(dialogue));
            dialogue.add(question);
        }
        return groups.list();
    }

    private static Check check(JsonNode item) {
        Optional<TreeSet<String>> tasks = item.hasNonNull("tasks")
                ? Optional.of(new TreeSet<>(JsonLines.texts(item.path("tasks"))))
                : Optional.empty();
        JsonNode mark = item.path("top_vis").path("mark");
        String kind = mark.isTextual() ? mark.asText() : mark.path("type").asText("");
        return new MeaningCheck(
                new TreeSet<>(JsonLines.texts(item.path("attributes"))), tasks.orElse(new TreeSet<>()), kind);
    }
}
