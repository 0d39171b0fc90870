package dev.datastudio.agents.loader.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.datastudio.agents.prompt.internal.PromptFile;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.relation.Evidence;
import dev.datastudio.api.relation.Key;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.core.model.internal.BadAnswerException;
import dev.datastudio.core.relation.ProposedRelation;
import dev.datastudio.core.relation.internal.KeptProposals;
import dev.datastudio.core.schema.PersonalColumns;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.graph.NodeContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Has a model propose relations, for some tables at a time; the same question is paid once. */
final class ModelRelations {
    private static final PromptFile PROMPT = PromptFile.load("loader/internal/propose-relations");

    private static final int TABLES_AT_ONCE = 25;
    private static final int MOST_OTHERS = 150;
    private static final int MOST_COLUMNS = 40;
    private static final int MOST_PROPOSALS = 200;
    private static final int LONGEST_REASON = 200;

    /** Weighs as much as the finder trusts a proposal. */
    private static final double WEIGHT = 0.6;

    private final LoadModel model;
    private final SourceId source;
    private final KeptProposals kept;

    ModelRelations(LoadModel model, SourceId source, KeptProposals kept) {
        this.model = model;
        this.source = source;
        this.kept = kept;
    }

    /**
     * What the model proposes.
     *
     * @param found what is known already
     */
    List<ProposedRelation> propose(List<TableFacts> tables, List<Relation> found, NodeContext context) {
        Set<ProposedRelation> proposals = new LinkedHashSet<>();
        for (int from = 0; from < tables.size(); from += TABLES_AT_ONCE) {
            context.cancellation().throwIfCancelled();
            List<TableFacts> some = tables.subList(from, Math.min(tables.size(), from + TABLES_AT_ONCE));
            proposals.addAll(answer(question(some, tables, found), context));
        }
        return List.copyOf(proposals);
    }

    private List<ProposedRelation> answer(String question, NodeContext context) {
        String digest = TableFacts.digest(PROMPT.version() + "\n" + model.identity() + "\n" + question);
        return kept.find(source, digest).orElseGet(() -> {
            List<ProposedRelation> fresh = model.ask(PROMPT, question, this::read, context);
            kept.put(source, digest, fresh);
            return fresh;
        });
    }

    private static String question(List<TableFacts> some, List<TableFacts> all, List<Relation> found) {
        StringBuilder text = new StringBuilder("Tables:\n");
        some.forEach(table -> text.append(line(table)));
        List<TableFacts> others = others(some, all);
        if (!others.isEmpty()) {
            text.append("Other tables, with the columns that may name their rows:\n");
            others.forEach(table -> text.append("- ")
                    .append(Quoted.name(table.table().name()))
                    .append(": ")
                    .append(keys(table).stream().map(Quoted::name).collect(Collectors.joining(", ")))
                    .append('\n'));
        }
        Set<TableRef> refs = some.stream().map(TableFacts::ref).collect(Collectors.toSet());
        List<String> known = found.stream()
                .filter(relation ->
                        relation.isUsable() && refs.contains(relation.from().table()))
                .map(relation -> "- " + side(relation.from()) + " refers to " + side(relation.to()) + "\n")
                .sorted()
                .toList();
        if (!known.isEmpty()) {
            text.append("Known:\n").append(String.join("", known));
        }
        return text.toString();
    }

    private static String line(TableFacts table) {
        Set<String> keys = new HashSet<>(table.table().primaryKey());
        String columns = table.columns().stream()
                .filter(column -> column.column().type() == ColumnType.INTEGER
                        || column.column().type() == ColumnType.TEXT
                        || column.column().type() == ColumnType.DECIMAL)
                .limit(MOST_COLUMNS)
                .map(column -> Quoted.name(column.column().name()) + " "
                        + column.column().type().name().toLowerCase(Locale.ROOT)
                        + (keys.contains(column.column().name()) ? " key" : ""))
                .collect(Collectors.joining(", "));
        return "- " + Quoted.name(table.table().name()) + ": " + columns + "\n";
    }

    /** Those that share most words with the tables in question, when there are too many. */
    private static List<TableFacts> others(List<TableFacts> some, List<TableFacts> all) {
        Set<String> words = new HashSet<>();
        for (TableFacts table : some) {
            table.columns()
                    .forEach(column ->
                            words.addAll(PersonalColumns.words(column.column().name())));
        }
        return all.stream()
                .filter(table -> !some.contains(table))
                .sorted(Comparator.comparingLong((TableFacts table) ->
                        -PersonalColumns.words(
                                        TableWords.thing(table.table().name().name()))
                                .stream()
                                .filter(words::contains)
                                .count()))
                .limit(MOST_OTHERS)
                .toList();
    }

    private static List<String> keys(TableFacts table) {
        if (!table.table().primaryKey().isEmpty()) {
            return table.table().primaryKey();
        }
        return table.columns().stream()
                .limit(1)
                .map(column -> column.column().name())
                .toList();
    }

    private static String side(Key key) {
        return Quoted.name(key.table().table()) + "."
                + key.columns().stream().map(Quoted::name).collect(Collectors.joining(", "));
    }

    private List<ProposedRelation> read(JsonNode answer) {
        JsonNode relations = answer.path("relations");
        if (!relations.isArray() || relations.size() > MOST_PROPOSALS) {
            throw BadAnswerException.field("relations", "a list of at most " + MOST_PROPOSALS, relations);
        }
        List<ProposedRelation> proposals = new ArrayList<>();
        for (JsonNode relation : relations) {
            String reason = Quoted.clean(relation.path("reason").asText(), LONGEST_REASON);
            String words = "The model " + Quoted.clean(model.name(), Quoted.LONGEST_NAME) + " proposes it"
                    + (reason.isBlank() ? "" : ": " + reason);
            proposals.add(new ProposedRelation(
                    key(relation, "table", "column"),
                    key(relation, "to_table", "to_column"),
                    new Evidence(Evidence.Kind.MODEL, WEIGHT, words)));
        }
        return proposals;
    }

    private Key key(JsonNode relation, String table, String column) {
        return Key.of(new TableRef(source.toString(), name(relation, table)), name(relation, column));
    }

    private static String name(JsonNode relation, String field) {
        JsonNode name = relation.path(field);
        if (!name.isTextual() || name.textValue().isBlank() || name.textValue().length() > LONGEST_REASON) {
            throw BadAnswerException.field(field, "a name", name);
        }
        return name.textValue();
    }
}
