package dev.datastudio.agents.loader.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.datastudio.agents.loader.LoadOptions.SentValues;
import dev.datastudio.agents.prompt.internal.PromptFile;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.model.internal.BadAnswerException;
import dev.datastudio.core.schema.Author;
import dev.datastudio.core.schema.ColumnDoc;
import dev.datastudio.core.schema.DocText;
import dev.datastudio.core.schema.TableDoc;
import dev.datastudio.graph.NodeContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Has a model describe some tables at a time; what it leaves out of a table's columns is described by rules. */
final class ModelWriter {
    static final PromptFile PROMPT = PromptFile.load("loader/internal/document-tables");

    private static final int TABLES_AT_ONCE = 6;
    private static final int CHARACTERS_AT_ONCE = 12_000;
    private static final int LONGEST_TEXT = 1_200;
    private static final int LONGEST_LINE = 300;

    private final LoadModel model;
    private final SentValues values;
    private final BuiltInWriter builtIn;

    ModelWriter(LoadModel model, SentValues values, BuiltInWriter builtIn) {
        this.model = model;
        this.values = values;
        this.builtIn = builtIn;
    }

    /** Tables that are described by one answer. */
    record Batch(List<TableFacts> tables) {
        Batch {
            tables = List.copyOf(tables);
        }
    }

    /** The tables in batches, in their order. */
    List<Batch> batches(List<TableFacts> tables) {
        List<Batch> batches = new ArrayList<>();
        List<TableFacts> next = new ArrayList<>();
        int characters = 0;
        for (TableFacts table : tables) {
            int length = table.text(values).length();
            if (!next.isEmpty() && (next.size() == TABLES_AT_ONCE || characters + length > CHARACTERS_AT_ONCE)) {
                batches.add(new Batch(next));
                next.clear();
                characters = 0;
            }
            next.add(table);
            characters += length;
        }
        if (!next.isEmpty()) {
            batches.add(new Batch(next));
        }
        return batches;
    }

    /** @throws StudioException as {@link LoadModel#ask} */
    List<TableDoc> write(Batch batch, NodeContext context) {
        String question =
                batch.tables().stream().map(table -> table.text(values)).collect(Collectors.joining("\n"));
        return model.ask(PROMPT, question, answer -> read(batch, answer), context);
    }

    private List<TableDoc> read(Batch batch, JsonNode answer) {
        JsonNode tables = answer.path("tables");
        if (!tables.isArray()) {
            throw BadAnswerException.field("tables", "a list", tables);
        }
        Map<String, JsonNode> byName = new LinkedHashMap<>();
        for (JsonNode table : tables) {
            String name = table.path("table").asText();
            if (byName.put(name, table) != null) {
                throw new BadAnswerException("the table " + StudioException.quote(name) + " is there twice");
            }
        }
        List<TableDoc> docs = new ArrayList<>();
        for (TableFacts facts : batch.tables()) {
            JsonNode table = byName.remove(Quoted.clean(facts.table().name().toString(), Quoted.LONGEST_NAME));
            if (table == null) {
                throw new BadAnswerException("the table "
                        + StudioException.quote(facts.table().name().toString()) + " is missing");
            }
            docs.add(doc(facts, table));
        }
        if (!byName.isEmpty()) {
            throw new BadAnswerException("these tables were not asked for: " + byName.keySet());
        }
        return docs;
    }

    private TableDoc doc(TableFacts facts, JsonNode table) {
        Author author = Author.model(model.name(), PROMPT.version());
        JsonNode lines = table.path("columns");
        if (!lines.isObject()) {
            throw BadAnswerException.field("columns", "an object of lines by column", lines);
        }
        TableDoc rules = builtIn.write(facts);
        List<ColumnDoc> columns = new ArrayList<>();
        int used = 0;
        for (ColumnDoc column : rules.columns()) {
            JsonNode line = lines.path(Quoted.clean(column.column(), Quoted.LONGEST_NAME));
            if (line.isMissingNode()) {
                columns.add(column);
            } else {
                used++;
                columns.add(
                        new ColumnDoc(column.column(), new DocText(text(line, column.column(), LONGEST_LINE), author)));
            }
        }
        if (used < lines.size()) {
            throw new BadAnswerException(
                    "'columns' of " + StudioException.quote(facts.ref().table())
                            + " has names of columns that are not there; use the exact names");
        }
        return new TableDoc(
                facts.ref(),
                new DocText(text(table.path("technical"), "technical", LONGEST_TEXT), author),
                new DocText(text(table.path("business"), "business", LONGEST_TEXT), author),
                columns,
                "");
    }

    private static String text(JsonNode node, String name, int longest) {
        if (!node.isTextual() || node.textValue().isBlank()) {
            throw BadAnswerException.field(name, "a text", node);
        }
        return Quoted.clean(node.textValue(), longest);
    }
}
