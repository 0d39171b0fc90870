package dev.datastudio.agents.eval.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.datastudio.agents.eval.EvaluationSet;
import dev.datastudio.agents.eval.internal.RowMatch.RowOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the sets whose expectations are in their files as they are compared. */
public final class SetReaders {
    private SetReaders() {}

    /** The questions of a set by database, both in the order of the files. */
    public static List<ItemGroup> read(EvaluationSet set, Path folder) {
        return switch (set) {
            case NVBENCH -> nvBench(folder);
            case SPIDER_DEV -> spider(folder);
            case DABENCH -> DabenchReader.read(folder);
            case DEFOG -> DefogReader.read(folder);
            case WTQ -> wtq(folder);
            case NL4DV -> Nl4dvReader.read(folder);
        };
    }

    private static List<ItemGroup> nvBench(Path folder) {
        Grouping groups = Grouping.byFolder(folder);
        for (JsonNode item : JsonLines.read(folder.resolve("items.jsonl"))) {
            List<String> tables = JsonLines.texts(item.path("tables"));
            String chart = JsonLines.text(item, "chart");
            Map<String, String> slices = new LinkedHashMap<>();
            slices.put("hardness", JsonLines.text(item, "hardness"));
            slices.put("chart", chart);
            Check check = new ChartCheck(new RowCheck(JsonLines.rows(item.path("expected_rows")), RowOrder.ANY), chart);
            int number = 1;
            for (JsonNode question : item.path("questions")) {
                groups.add(
                        JsonLines.text(item, "db"),
                        EvaluationItem.of(
                                        JsonLines.text(item, "id") + "#" + number++,
                                        tables.size() == 1 ? "one table" : "joins",
                                        slices,
                                        question.asText(),
                                        check)
                                .needing(tables));
            }
        }
        return groups.list();
    }

    private static List<ItemGroup> spider(Path folder) {
        Grouping groups = Grouping.byFolder(folder);
        for (JsonNode item : JsonLines.read(folder.resolve("items.jsonl"))) {
            RowOrder order = item.path("ordered").asBoolean() ? RowOrder.SAME : RowOrder.ANY;
            groups.add(
                    JsonLines.text(item, "db"),
                    EvaluationItem.of(
                            JsonLines.text(item, "id"),
                            "spider_dev",
                            Map.of("order", order == RowOrder.SAME ? "ordered" : "free"),
                            JsonLines.text(item, "question"),
                            new RowCheck(JsonLines.rows(item.path("expected_rows")), order)));
        }
        return groups.list();
    }

    private static List<ItemGroup> wtq(Path folder) {
        Grouping groups = Grouping.byFile(folder);
        for (JsonNode item : JsonLines.read(folder.resolve("questions.jsonl"))) {
            String question = JsonLines.text(item, "question");
            groups.add(
                    JsonLines.text(item, "table"),
                    EvaluationItem.of(
                            JsonLines.text(item, "id"),
                            "wtq",
                            Map.of(),
                            question,
                            new ListCheck(question, new ArrayList<>(JsonLines.texts(item.path("answer"))))));
        }
        return groups.list();
    }
}
