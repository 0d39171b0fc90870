package dev.datastudio.agents.reporter.internal;

import dev.datastudio.agents.prompt.internal.PromptFile;
import dev.datastudio.agents.prompt.internal.TokenEstimate;
import dev.datastudio.agents.reporter.TraceStep;
import dev.datastudio.agents.reporter.UsedTable;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.relation.JoinPath;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.core.model.internal.BadAnswerException;
import dev.datastudio.core.relation.Relations;
import dev.datastudio.core.schema.FoundTable;
import dev.datastudio.core.schema.FoundTables;
import dev.datastudio.core.schema.SchemaSearch;
import dev.datastudio.core.schema.TableDocs;
import dev.datastudio.core.schema.TableQuery;
import dev.datastudio.core.schema.internal.LexicalSearch;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import dev.datastudio.graph.channel.Write;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The steps that find the tables of a question. */
final class TableSteps {
    private static final String GRAPH = "sql";
    private static final int LONGEST_QUESTION = 2_000;
    private static final int LONGEST_WHY = 300;
    private static final int LONGEST_TEXT = 300;
    private static final int MOST_NAMES = 200;

    /** So many tables are all offered to the model, those that the search found first. */
    private static final int FEW_TABLES = 25;

    private static final int MOST_CONNECTED = 8;

    private static final PromptFile RERANK = PromptFile.load("reporter/internal/rerank");
    private static final PromptFile REFINE = PromptFile.load("reporter/internal/refine");
    private static final AnswerForm CHOICE =
            AnswerForm.of("tables").texts("tables", 200).text("why", LONGEST_WHY);
    private static final AnswerForm REFINED = AnswerForm.of("refined").text("question", LONGEST_QUESTION);

    Update search(View view, NodeContext context) {
        ReportTask task = view.get(SqlGraph.TASK);
        ReportTask.Tracing tracing = task.begin(GRAPH, "search");
        String question = searched(view);
        List<FoundTable> found = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        String by = "words";
        int limit = task.options().foundTables();
        Set<SourceId> databases = databases(task.scope());
        if (!databases.isEmpty()) {
            TableQuery query = TableQuery.in(databases, question).limitedTo(limit);
            FoundTables tables =
                    SchemaSearch.of(task.studio()).as(task.caller()).find(query, context.cancellation());
            tables.tables().stream()
                    .filter(table -> isThere(task.scope(), table))
                    .forEach(found::add);
            notes.addAll(tables.notes());
            by = tables.searchedBy();
        }
        found.addAll(LexicalSearch.rank(question, datasets(task.scope()), limit));
        found.sort(Comparator.comparingDouble(FoundTable::score).reversed());
        List<FoundTable> candidates = candidates(task.scope(), found, limit);
        String decision = found.size() + " of " + task.scope().tables().size() + " tables were found for "
                + StudioException.quote(question)
                + (candidates.size() > found.size() ? "; as there are so few, all of them are looked at" : "");
        List<Write> writes = new ArrayList<>(List.of(
                SqlGraph.FOUND.set(new TableChoice.Candidates(candidates, by)),
                SqlGraph.TRACE.add(
                        tracing.byRule(by, decision + (notes.isEmpty() ? "" : ". " + String.join(". ", notes))))));
        if (task.scope().tables().size() > limit) {
            notes.stream()
                    .filter(note -> !view.get(SqlGraph.NOTES).contains(note))
                    .forEach(note -> writes.add(SqlGraph.NOTES.add(note)));
        }
        return Update.of(writes);
    }

    private static String searched(View view) {
        String refined = view.get(SqlGraph.SEARCHED);
        return refined.isEmpty() ? view.get(SqlGraph.QUESTION) : refined;
    }

    private static Set<SourceId> databases(DataScope scope) {
        return scope.keys().stream()
                .filter(key -> !key.equals(TableRef.DATASETS))
                .map(SourceId::parse)
                .collect(Collectors.toSet());
    }

    private static boolean isThere(DataScope scope, FoundTable table) {
        return scope.tables().stream().anyMatch(known -> known.ref().equals(table.table()));
    }

    private static List<FoundTable> datasets(DataScope scope) {
        return scope.tables().stream()
                .filter(table -> table.ref().source().equals(TableRef.DATASETS))
                .map(table ->
                        new FoundTable(table.ref(), table.name(), String.join(", ", table.columnNames()), 0, Map.of()))
                .toList();
    }

    /** Where there are few tables, one that shares no word with the question may still be meant. */
    private static List<FoundTable> candidates(DataScope scope, List<FoundTable> found, int limit) {
        List<FoundTable> all = new ArrayList<>(found.subList(0, Math.min(found.size(), limit)));
        List<ShownTable> tables = scope.tables();
        if (tables.size() <= FEW_TABLES) {
            Set<TableRef> known = all.stream().map(FoundTable::table).collect(Collectors.toSet());
            tables.stream()
                    .filter(table -> !known.contains(table.ref()))
                    .map(table -> new FoundTable(
                            table.ref(), table.name(), String.join(", ", table.columnNames()), 0, Map.of()))
                    .forEach(all::add);
        }
        return all;
    }

    Update rerank(View view, NodeContext context) {
        ReportTask task = view.get(SqlGraph.TASK);
        ReportTask.Tracing tracing = task.begin(GRAPH, "rerank");
        List<FoundTable> found = view.get(SqlGraph.FOUND).tables();
        if (found.isEmpty()) {
            return chosen(TableChoice.NONE, tracing.byRule("none found", "No table was found"));
        }
        if (task.scope().tables().size() == 1) {
            TableChoice only = new TableChoice(List.of(found.get(0).table()), "It is the only table");
            return chosen(
                    only,
                    tracing.byRule(
                            "only table",
                            "There is only the table " + found.get(0).name()));
        }
        Map<String, TableRef> labels = labels(task.scope(), found);
        StepModel.Asked<TableChoice> asked = task.ask(
                RERANK,
                rerankText(view.get(SqlGraph.QUESTION), labels, found),
                CHOICE,
                answer -> choice(answer, labels, task.scope()),
                context.cancellation());
        TableChoice choice = asked.value();
        String decision = choice.tables().isEmpty()
                ? "None of them is about the question"
                : "It is about " + names(task.scope(), choice.tables());
        return chosen(choice, tracing.byModel(asked, decision + because(choice.why())));
    }

    private static String because(String why) {
        return why.isEmpty() ? "" : ": " + why;
    }

    private static Update chosen(TableChoice choice, TraceStep step) {
        return Update.of(SqlGraph.CHOSEN.set(choice), SqlGraph.TRACE.add(step));
    }

    private static String names(DataScope scope, List<TableRef> tables) {
        return tables.stream()
                .map(table -> scope.place(table).get(table).name())
                .collect(Collectors.joining(", "));
    }

    /** What the model calls the tables: their names, after that of the database where there are several. */
    private static Map<String, TableRef> labels(DataScope scope, List<FoundTable> found) {
        Map<String, TableRef> labels = new LinkedHashMap<>();
        for (FoundTable table : found) {
            Place place = scope.place(table.table());
            String name = place.get(table.table()).name();
            String label = scope.places().size() == 1 ? name : place.name() + "." + name;
            labels.putIfAbsent(ForeignText.line(label, LONGEST_TEXT), table.table());
        }
        return labels;
    }

    private static String rerankText(String question, Map<String, TableRef> labels, List<FoundTable> found) {
        StringBuilder text = new StringBuilder("Tables:\n");
        Map<TableRef, String> texts = new LinkedHashMap<>();
        found.forEach(table -> texts.put(table.table(), table.text()));
        labels.forEach((label, table) -> text.append("- ")
                .append(ForeignText.quoted(label, LONGEST_TEXT))
                .append(": ")
                .append(ForeignText.quoted(ForeignText.line(texts.getOrDefault(table, ""), LONGEST_TEXT), LONGEST_TEXT))
                .append('\n'));
        return text.append("Question: ")
                .append(ForeignText.quoted(question, LONGEST_QUESTION))
                .toString();
    }

    /** The tables of one place: the one that the first table lies in, as a statement can't read two. */
    private static TableChoice choice(AnswerForm.Read answer, Map<String, TableRef> labels, DataScope scope) {
        Set<TableRef> chosen = new LinkedHashSet<>();
        for (String name : answer.texts("tables")) {
            TableRef table = named(name, labels, scope)
                    .orElseThrow(() -> new BadAnswerException(
                            "there is no table " + StudioException.quote(name) + ", only " + labels.keySet()));
            if (chosen.isEmpty()
                    || table.source().equals(chosen.iterator().next().source())) {
                chosen.add(table);
            }
        }
        return new TableChoice(List.copyOf(chosen), ForeignText.line(answer.text("why"), LONGEST_WHY));
    }

    /** Also a table that was not offered, and a name without its schema where there is one such table. */
    private static Optional<TableRef> named(String name, Map<String, TableRef> labels, DataScope scope) {
        for (Map.Entry<String, TableRef> label : labels.entrySet()) {
            if (label.getKey().equalsIgnoreCase(name)) {
                return Optional.of(label.getValue());
            }
        }
        List<ShownTable> fitting = scope.tables().stream()
                .filter(table ->
                        table.name().equalsIgnoreCase(name) || table.plainName().equalsIgnoreCase(name))
                .toList();
        return fitting.size() == 1 ? Optional.of(fitting.get(0).ref()) : Optional.empty();
    }

    Update refine(View view, NodeContext context) {
        ReportTask task = view.get(SqlGraph.TASK);
        ReportTask.Tracing tracing = task.begin(GRAPH, "refine");
        String names = task.scope().tables().stream()
                .limit(MOST_NAMES)
                .map(table -> ForeignText.quoted(table.name(), LONGEST_TEXT))
                .collect(Collectors.joining(", "));
        StepModel.Asked<String> asked = task.ask(
                REFINE,
                "Names of tables: " + names + "\nSearched before without success: "
                        + ForeignText.quoted(searched(view), LONGEST_QUESTION) + "\nQuestion: "
                        + ForeignText.quoted(view.get(SqlGraph.QUESTION), LONGEST_QUESTION),
                REFINED,
                answer -> ForeignText.line(answer.text("question"), LONGEST_QUESTION),
                context.cancellation());
        String refined = asked.value().isEmpty() ? view.get(SqlGraph.QUESTION) : asked.value();
        return Update.of(
                SqlGraph.SEARCHED.set(refined),
                SqlGraph.REFINED.set(view.get(SqlGraph.REFINED) + 1),
                SqlGraph.TRACE.add(tracing.byModel(
                        asked,
                        "Look again for " + StudioException.quote(refined) + ", try "
                                + (view.get(SqlGraph.REFINED) + 1) + " of "
                                + task.options().refinements())));
    }

    Update neighbours(View view, NodeContext context) {
        ReportTask task = view.get(SqlGraph.TASK);
        ReportTask.Tracing tracing = task.begin(GRAPH, "neighbours");
        TableChoice choice = view.get(SqlGraph.CHOSEN);
        Place place = task.scope().place(choice.tables().get(0));
        List<Relation> relations = relations(place, context.cancellation());
        Map<TableRef, String> why = new LinkedHashMap<>();
        choice.tables()
                .forEach(table -> why.put(table, choice.why().isEmpty() ? "found for the question" : choice.why()));
        int most = choice.tables().size() + task.options().neighbourTables();
        connect(choice.tables(), relations, why, most);
        adjoin(choice.tables(), relations, why, most);
        List<UsedTable> uses = why.entrySet().stream()
                .filter(use -> place.find(use.getKey()).isPresent())
                .map(use -> new UsedTable(use.getKey(), use.getValue(), false))
                .toList();
        List<TableRef> added = uses.stream()
                .map(UsedTable::table)
                .filter(table -> !choice.tables().contains(table))
                .toList();
        String decision = added.isEmpty() ? "No table was added" : "Added " + names(task.scope(), added);
        return Update.of(
                SqlGraph.SELECTED.set(new Selection(place, uses, relations)),
                SqlGraph.TRACE.add(tracing.byRule("relations", decision)));
    }

    private static List<Relation> relations(Place place, Cancellation cancellation) {
        return place.relations().apply(cancellation).stream()
                .filter(Relation::isUsable)
                .sorted(Comparator.comparingDouble(Relation::score).reversed())
                .toList();
    }

    /** The tables on the ways between those chosen, without which they can't be joined. */
    private static void connect(List<TableRef> chosen, List<Relation> relations, Map<TableRef, String> why, int most) {
        List<TableRef> ends = chosen.subList(0, Math.min(chosen.size(), MOST_CONNECTED));
        for (int i = 0; i < ends.size(); i++) {
            for (int j = i + 1; j < ends.size(); j++) {
                TableRef to = ends.get(j);
                TableRef from = ends.get(i);
                for (JoinPath path :
                        Relations.paths(relations, from, to).stream().limit(1).toList()) {
                    for (JoinPath.Step step : path.steps()) {
                        if (why.size() < most) {
                            why.putIfAbsent(
                                    step.right().table(), "on the way from " + from.table() + " to " + to.table());
                        }
                    }
                }
            }
        }
    }

    private static void adjoin(List<TableRef> chosen, List<Relation> relations, Map<TableRef, String> why, int most) {
        for (Relation relation : relations) {
            TableRef from = relation.from().table();
            TableRef to = relation.to().table();
            if (why.size() < most && chosen.contains(from)) {
                why.putIfAbsent(to, "neighbour of " + from.table());
            }
            if (why.size() < most && chosen.contains(to)) {
                why.putIfAbsent(from, "neighbour of " + to.table());
            }
        }
    }

    Update schema(View view, NodeContext context) {
        ReportTask task = view.get(SqlGraph.TASK);
        ReportTask.Tracing tracing = task.begin(GRAPH, "schema");
        Selection selection = view.get(SqlGraph.SELECTED);
        Place place = selection.place();
        List<ShownTable> ordered =
                selection.uses().stream().map(use -> place.get(use.table())).toList();
        SchemaText.Fitted fitted = new SchemaText(
                        place, selection.relations(), TableDocs.of(task.studio().metadata(), task.caller()))
                .fit(ordered, task.options().schemaTokens());
        List<UsedTable> uses = selection.uses().stream()
                .filter(use ->
                        fitted.tables().stream().anyMatch(table -> table.ref().equals(use.table())))
                .toList();
        String decision = fitted.tables().size() + (fitted.tables().size() == 1 ? " table is" : " tables are")
                + " shown to the model, about " + TokenEstimate.of(fitted.ddl()) + " tokens"
                + (fitted.leftOut().isEmpty()
                        ? ""
                        : "; no room for "
                                + fitted.leftOut().stream()
                                        .map(ShownTable::name)
                                        .collect(Collectors.joining(", ")));
        return Update.of(
                SqlGraph.SHOWN.set(new Shown(place, fitted.tables(), uses, fitted.ddl())),
                SqlGraph.TRACE.add(tracing.byRule("budget", decision)));
    }
}
