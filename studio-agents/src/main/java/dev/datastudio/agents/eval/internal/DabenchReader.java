package dev.datastudio.agents.eval.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a set of questions for named values. The analyst is asked the question with its constraints; the check reads the answer by the form. */
final class DabenchReader {
    private DabenchReader() {}

    static List<ItemGroup> read(Path folder) {
        Map<String, Map<String, String>> labels = new HashMap<>();
        for (JsonNode label : JsonLines.read(folder.resolve("labels.jsonl"))) {
            Map<String, String> values = new LinkedHashMap<>();
            label.path("common_answers")
                    .forEach(pair ->
                            values.put(pair.path(0).asText(), pair.path(1).asText()));
            labels.put(JsonLines.text(label, "id"), values);
        }
        Grouping groups = Grouping.byFile(folder);
        for (JsonNode item : JsonLines.read(folder.resolve("questions.jsonl"))) {
            String id = JsonLines.text(item, "id");
            NamedAnswerCheck check = new NamedAnswerCheck(
                    AnswerForm.parse(
                            JsonLines.text(item, "format"),
                            item.path("constraints").asText()),
                    labels.getOrDefault(id, Map.of()));
            groups.add(
                    JsonLines.text(item, "file_name"),
                    EvaluationItem.of(
                            id, "dabench", Map.of("level", JsonLines.text(item, "level")), asked(item), check));
        }
        return groups.list();
    }

    /** The question with what it is constrained by, as the set gives both to an analyst. */
    private static String asked(JsonNode item) {
        String constraints = item.path("constraints").asText().strip();
        String question = JsonLines.text(item, "question").strip();
        return constraints.isEmpty() ? question : question + "\n" + constraints;
    }
}
