package dev.datastudio.agents.loader.internal;

import dev.datastudio.agents.loader.TableLoad;
import dev.datastudio.agents.loader.TableLoad.Outcome;
import dev.datastudio.agents.loader.internal.ModelWriter.Batch;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.core.relation.CheckedRelation;
import dev.datastudio.core.relation.ProposedRelation;
import dev.datastudio.core.relation.internal.KeptProposals;
import dev.datastudio.core.schema.SchemaSearch;
import dev.datastudio.core.schema.TableDoc;
import dev.datastudio.core.source.SourceSchema;
import dev.datastudio.core.source.SourceTable;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a database is loaded.
 *
 * <pre>
 * start → read → relate → describe ⇉ ask → propose → check → keep → end
 * </pre>
 *
 * <p>{@code read} looks at catalogue and samples, {@code relate} finds relations in the data, {@code describe} writes
 * what rules can write and leaves the rest to {@code ask}, a task for each batch of tables, at most two at a time;
 * {@code propose} has the model propose relations, {@code check} holds them against the data, {@code keep} stores
 * relations, forgets tables that are gone, and brings the search for tables up to date. Each description is kept as soon
 * as it is written.
 */
final class LoadGraph {
    private static final int ASKED_AT_ONCE = 2;

    private static final LastChannel<LoadTask> TASK = Channel.last("task", LoadTask.class);
    private static final LastChannel<Tables> TABLES = Channel.last("tables", Tables.class);
    private static final LastChannel<Found> FOUND = Channel.last("found", Found.class);
    private static final LastChannel<Batches> BATCHES = Channel.last("batches", Batches.class);
    private static final LastChannel<Proposals> PROPOSALS = Channel.last("proposals", Proposals.class);
    private static final LastChannel<Checked> CHECKED = Channel.last("checked", Checked.class);
    private static final LastChannel<Known> KNOWN = Channel.last("known", Known.class);

    /** What goes in. */
    record Input(LoadTask task) {}

    /** What comes out. */
    record Output(Checked checked, Known known) {}

    /** What was read; whether these are all tables that there are. */
    record Tables(List<TableFacts> facts, boolean areAll) {}

    /** What keys, names and values say. */
    record Found(List<Relation> relations) {}

    /** What the model is asked to describe. */
    record Batches(List<Batch> batches, int tables) {}

    /** What the model proposes. */
    record Proposals(List<ProposedRelation> proposals) {}

    /** What came of the proposals, and all relations that are to be kept. */
    record Checked(List<Relation> relations, List<CheckedRelation> unsupported) {}

    /** All that is known in the end. */
    record Known(List<Relation> relations) {}

    private LoadGraph() {}

    static Graph<Input, Output> create() {
        return Graph.define("load-database", 1)
                .input(Input.class)
                .output(Output.class)
                .channels(TASK, TABLES, FOUND, BATCHES, PROPOSALS, CHECKED, KNOWN)
                .node("read", LoadGraph::read)
                .node("relate", LoadGraph::relate)
                .node("describe", LoadGraph::describe)
                .node("ask", LoadGraph::ask, node -> node.limit("loader-model", ASKED_AT_ONCE))
                .node("propose", LoadGraph::propose)
                .node("check", LoadGraph::check)
                .node("keep", LoadGraph::keep)
                .edge(Graph.START, "read")
                .edge("read", "relate")
                .edge("relate", "describe")
                .fanOut("describe", view -> view.get(BATCHES).batches(), "ask")
                .edge("ask", "propose")
                .edge("propose", "check")
                .edge("check", "keep")
                .edge("keep", Graph.END)
                .build();
    }

    private static Update read(View view, NodeContext context) {
        LoadTask task = view.get(TASK);
        SourceSchema schema = task.sources().schema(task.source().id(), task.listener(), context.cancellation());
        schema.warnings().forEach(task::warn);
        FactsReader reader = new FactsReader(task.sources(), task.source().id(), task);
        List<TableFacts> facts = new ArrayList<>();
        for (SourceTable table : schema.tables()) {
            context.cancellation().throwIfCancelled();
            task.tell("reading tables", facts.size(), schema.tables().size());
            facts.add(reader.read(table, context.cancellation()));
        }
        return Update.of(TABLES.set(new Tables(facts, facts.size() < SourceSchema.MAX_TABLES)));
    }

    private static Update relate(View view, NodeContext context) {
        LoadTask task = view.get(TASK);
        List<Relation> found = task.database()
                .map(database -> database.find(task.listener(), context.cancellation()))
                .orElseGet(() -> KnownRelations.declared(view.get(TABLES).facts()));
        return Update.of(FOUND.set(new Found(found)));
    }

    private static BuiltInWriter builtIn(View view) {
        return new BuiltInWriter(
                view.get(FOUND).relations().stream().filter(Relation::isUsable).toList());
    }

    private static ModelWriter writer(View view, LoadModel model) {
        return new ModelWriter(model, view.get(TASK).options().values(), builtIn(view));
    }

    private static Update describe(View view, NodeContext context) {
        LoadTask task = view.get(TASK);
        List<TableFacts> all = view.get(TABLES).facts();
        List<TableFacts> changed = new ArrayList<>();
        BuiltInWriter writer = builtIn(view);
        for (TableFacts facts : all) {
            if (task.isDescribed(facts, writer.write(facts))) {
                task.done(new TableLoad(facts.ref(), Outcome.UNCHANGED), all.size());
            } else {
                changed.add(facts);
            }
        }
        if (task.model().isPresent()) {
            List<Batch> batches = writer(view, task.model().get()).batches(changed);
            return Update.of(BATCHES.set(new Batches(batches, all.size())));
        }
        for (TableFacts facts : changed) {
            context.cancellation().throwIfCancelled();
            task.keep(facts, writer.write(facts), Outcome.DESCRIBED_BUILT_IN, all.size());
        }
        return Update.of(BATCHES.set(new Batches(List.of(), all.size())));
    }

    /** What the model can't write in a form that can be used is written by rules, and the next load tries again. */
    private static Update ask(View view, NodeContext context) {
        LoadTask task = view.get(TASK);
        Batch batch = context.input(Batch.class);
        int total = view.get(BATCHES).tables();
        List<TableDoc> docs;
        Outcome outcome = Outcome.DESCRIBED_BY_MODEL;
        try {
            docs = writer(view, task.model().orElseThrow()).write(batch, context);
        } catch (StudioException e) {
            if (e.code() != ErrorCode.MODEL_ANSWER_INVALID) {
                throw e;
            }
            task.warn("Rules described " + names(batch) + ", since the model could not: " + e.what());
            docs = batch.tables().stream().map(builtIn(view)::write).toList();
            outcome = Outcome.DESCRIBED_BUILT_IN;
        }
        for (int i = 0; i < docs.size(); i++) {
            task.keep(batch.tables().get(i), docs.get(i), outcome, total);
        }
        return Update.none();
    }

    private static String names(Batch batch) {
        return batch.tables().stream()
                .map(facts -> StudioException.quote(facts.ref().table()))
                .collect(Collectors.joining(", "));
    }

    private static Update propose(View view, NodeContext context) {
        LoadTask task = view.get(TASK);
        List<TableFacts> tables = view.get(TABLES).facts();
        if (task.model().isEmpty() || task.database().isEmpty() || tables.isEmpty()) {
            return Update.of(PROPOSALS.set(new Proposals(List.of())));
        }
        task.tell("proposing relations", 0, tables.size());
        KeptProposals kept = new KeptProposals(task.studio().metadata(), task.caller());
        ModelRelations model =
                new ModelRelations(task.model().get(), task.source().id(), kept);
        try {
            List<ProposedRelation> proposals =
                    model.propose(tables, view.get(FOUND).relations(), context);
            return Update.of(PROPOSALS.set(new Proposals(proposals)));
        } catch (StudioException e) {
            if (e.code() != ErrorCode.MODEL_ANSWER_INVALID) {
                throw e;
            }
            task.warn("The model proposed no relation that could be read: " + e.what());
            return Update.of(PROPOSALS.set(new Proposals(List.of())));
        }
    }

    private static Update check(View view, NodeContext context) {
        LoadTask task = view.get(TASK);
        List<Relation> found = view.get(FOUND).relations();
        List<ProposedRelation> proposals = view.get(PROPOSALS).proposals();
        List<CheckedRelation> checked = proposals.isEmpty()
                ? List.of()
                : task.database().orElseThrow().check(proposals, found, context.cancellation());
        List<Relation> all = new ArrayList<>(found);
        checked.forEach(each -> each.relation().ifPresent(relation -> KnownRelations.add(all, relation)));
        return Update.of(CHECKED.set(new Checked(
                List.copyOf(all),
                checked.stream().filter(each -> !each.isSupported()).toList())));
    }

    private static Update keep(View view, NodeContext context) {
        LoadTask task = view.get(TASK);
        Tables tables = view.get(TABLES);
        Set<TableRef> refs = tables.facts().stream().map(TableFacts::ref).collect(Collectors.toSet());
        List<Relation> known = task.relations().keep(refs, view.get(CHECKED).relations());
        if (tables.areAll()) {
            for (TableDoc doc : task.docs().list(task.source().id())) {
                if (!refs.contains(doc.table())) {
                    task.docs().delete(doc.table());
                    task.relations().forget(doc.table());
                    task.done(new TableLoad(doc.table(), Outcome.REMOVED), refs.size());
                }
            }
        }
        task.tell("updating the search", refs.size(), refs.size());
        SchemaSearch.of(task.studio()).as(task.caller()).refresh(task.source().id(), context.cancellation());
        return Update.of(KNOWN.set(new Known(known)));
    }
}
