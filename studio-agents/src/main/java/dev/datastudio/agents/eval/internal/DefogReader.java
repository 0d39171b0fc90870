package dev.datastudio.agents.eval.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads a set of questions with SQL, and of questions that must be refused. */
final class DefogReader {
    private DefogReader() {}

    static List<ItemGroup> read(Path folder) {
        Grouping groups = Grouping.byFolder(folder);
        for (JsonNode item : JsonLines.read(folder.resolve("items.jsonl"))) {
            Check check = item.path("relative_date").asBoolean()
                    ? (asked, database) -> Verdict.skipped("what is expected depends on the day")
                    : new SqlCheck(GoldSql.statements(JsonLines.text(item, "gold_postgres")));
            groups.add(JsonLines.text(item, "db"), item(item, "answerable", check));
        }
        Path unanswerable = folder.resolve("unanswerable.jsonl");
        if (Files.exists(unanswerable)) {
            for (JsonNode item : JsonLines.read(unanswerable)) {
                groups.add(JsonLines.text(item, "db"), item(item, "unanswerable", new RefusalCheck()));
            }
        }
        return groups.list();
    }

    private static EvaluationItem item(JsonNode item, String part, Check check) {
        return EvaluationItem.of(
                JsonLines.text(item, "id"),
                part,
                Map.of("category", JsonLines.text(item, "category")),
                JsonLines.text(item, "question"),
                check);
    }
}
