package dev.datastudio.agents.reporter.internal;

import dev.datastudio.agents.prompt.internal.PromptFile;
import dev.datastudio.agents.reporter.internal.repair.EmptyFacts;
import dev.datastudio.agents.reporter.internal.repair.Faulty;
import dev.datastudio.agents.reporter.internal.repair.Faulty.KnownTable;
import dev.datastudio.agents.reporter.internal.repair.Repair;
import dev.datastudio.agents.reporter.internal.repair.RepairRules;
import dev.datastudio.agents.reporter.internal.repair.SilentFaults;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.core.model.internal.BadAnswerException;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import dev.datastudio.graph.channel.Write;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The steps that run a statement, mend it, and think over one without rows. */
final class RunSteps {
    private static final String GRAPH = "reporter";
    private static final int LONGEST_ERROR = 700;
    private static final int LONGEST_SHOWN_SQL = 2_000;
    private static final int LONGEST_FACTS = 4_000;
    private static final PromptFile REPAIR = PromptFile.load("reporter/internal/repair");
    private static final PromptFile RETHINK = PromptFile.load("reporter/internal/rethink");
    private static final AnswerForm STATEMENT = AnswerForm.of("statement")
            .text("sql", WriteSteps.LONGEST_SQL)
            .text("description", WriteSteps.LONGEST_DESCRIPTION)
            .text("problem", WriteSteps.LONGEST_DESCRIPTION);

    /** What can't be mended by another statement ends the report: a database that is gone, a cancellation. */
    Update run(View view, NodeContext context) {
        ReportTask task = view.get(ReportGraph.TASK);
        ReportTask.Tracing tracing = task.begin(GRAPH, "run");
        Draft draft = view.get(ReportGraph.DRAFT);
        String engine = draft.tables().place().engine().version();
        Ran ran;
        String decision;
        try {
            requireSure(draft);
            QueryResult result =
                    execute(task, draft, draft.sql(), task.options().maxRows(), context.cancellation());
            ran = judged(task, draft, result, context.cancellation());
            decision = rows(result.totalRows())
                    + (ran.kind() == Ran.Kind.EMPTY && result.totalRows() > 0 ? ", with nothing in it" : "");
        } catch (StudioException e) {
            if (!isOfStatement(e)) {
                throw e;
            }
            ran = Ran.failed(e);
            decision = "Failed: " + ForeignText.line(String.valueOf(e.getMessage()), LONGEST_ERROR);
        }
        return Update.of(
                ReportGraph.RAN.set(ran),
                ReportGraph.STATEMENTS.add(draft.sql()),
                ReportGraph.TRACE.add(tracing.byEngine(engine, decision)));
    }

    /** What the engine would answer wrongly is mended before it runs. */
    private static void requireSure(Draft draft) {
        SqlNames names = new SqlNames(draft.tables().place().dialect());
        Optional<StudioException> fault = SilentFaults.find(draft.sql(), names, known(draft.tables()));
        if (fault.isPresent()) {
            throw fault.get();
        }
    }

    private static String rows(long count) {
        return String.format(Locale.ENGLISH, count == 1 ? "%,d row" : "%,d rows", count);
    }

    private static boolean isOfStatement(StudioException e) {
        return switch (e.code()) {
            case SQL_INVALID, SQL_REFUSED, QUERY_TIMEOUT, QUERY_OUT_OF_MEMORY -> true;
            default -> false;
        };
    }

    private static QueryResult execute(
            ReportTask task, Draft draft, String sql, int maxRows, Cancellation cancellation) {
        QueryLimits limits = new QueryLimits(maxRows, task.options().queryTimeout());
        return draft.tables().place().engine().execute(new Query(sql, List.of(), limits), cancellation);
    }

    /** Nothing but missing values and zeros may mean that the conditions left no row to compute them from. */
    private static Ran judged(ReportTask task, Draft draft, QueryResult result, Cancellation cancellation) {
        if (result.totalRows() == 0) {
            return Ran.empty(result, null);
        }
        boolean nothing = result.totalRows() == 1
                && result.rows().size() == 1
                && result.rows().get(0).stream().allMatch(RunSteps::isNothing);
        if (!nothing) {
            return Ran.rows(result);
        }
        Optional<EmptyFacts.Found> facts = facts(task, draft, cancellation);
        boolean removed = facts.isPresent()
                && facts.get().matching() == 0
                && !facts.get().facts().isEmpty();
        return removed ? Ran.empty(result, facts.get()) : Ran.rows(result);
    }

    private static boolean isNothing(@Nullable Object value) {
        return value == null || (value instanceof Number number && number.doubleValue() == 0);
    }

    /** Why there are no rows, counted by the engine; empty when a count fails, as no answer depends on it. */
    static Optional<EmptyFacts.Found> facts(ReportTask task, Draft draft, Cancellation cancellation) {
        Shown shown = draft.tables();
        try {
            return new EmptyFacts(
                            draft.sql(),
                            new SqlNames(shown.place().dialect()),
                            known(shown),
                            sql -> execute(task, draft, sql, EmptyFacts.MOST_VALUES, cancellation)
                                    .rows())
                    .find();
        } catch (StudioException e) {
            if (!isOfStatement(e)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static List<KnownTable> known(Shown shown) {
        SqlNames names = new SqlNames(shown.place().dialect());
        return shown.tables().stream()
                .map(table -> new KnownTable(names.stored(table), names.write(table), table.columnNames()))
                .toList();
    }

    /** By a rule if one can, else by the model. */
    Update repair(View view, NodeContext context) {
        ReportTask task = view.get(ReportGraph.TASK);
        ReportTask.Tracing tracing = task.begin(GRAPH, "repair");
        Draft draft = view.get(ReportGraph.DRAFT);
        StudioException error = view.get(ReportGraph.RAN).failure();
        if (view.get(ReportGraph.RULES) < task.options().rules()) {
            Set<String> tried = new HashSet<>(view.get(ReportGraph.STATEMENTS));
            SqlNames names = new SqlNames(draft.tables().place().dialect());
            Faulty faulty = new Faulty(draft.sql(), error, names, known(draft.tables()));
            Optional<Repair> repair = RepairRules.first(faulty, tried);
            if (repair.isPresent()) {
                return byRule(view, tracing, draft, repair.get());
            }
        }
        if (view.get(ReportGraph.REPAIRS) >= task.options().repairs()) {
            return Update.of(
                    ReportGraph.DRAFT.set(failed(draft, error)),
                    ReportGraph.TRACE.add(tracing.byRule("bound", "No rule mends it, and it was mended often enough")));
        }
        String facts = WriteSteps.facts(task, draft.tables()) + "Question: "
                + ForeignText.quoted(draft.question(), WriteSteps.LONGEST_QUESTION) + "\nStatement: "
                + ForeignText.quoted(draft.sql(), WriteSteps.LONGEST_SQL) + "\nThe engine says: "
                + ForeignText.quoted(String.valueOf(error.getMessage()), LONGEST_ERROR);
        StepModel.Asked<Draft> asked =
                task.ask(REPAIR, facts, STATEMENT, answer -> mended(answer, draft), context.cancellation());
        Draft mended = asked.value();
        return Update.of(
                ReportGraph.DRAFT.set(mended),
                ReportGraph.REPAIRS.set(view.get(ReportGraph.REPAIRS) + 1),
                ReportGraph.TRACE.add(tracing.byModel(asked, decided(mended))));
    }

    private static Update byRule(View view, ReportTask.Tracing tracing, Draft draft, Repair repair) {
        boolean changesMeaning =
                !repair.rule().equals("quoting") && !repair.rule().equals("dialect");
        List<Write> writes = new ArrayList<>(List.of(
                ReportGraph.DRAFT.set(draft.with(repair.sql(), "")),
                ReportGraph.RULES.set(view.get(ReportGraph.RULES) + 1),
                ReportGraph.TRACE.add(
                        tracing.byRule(repair.rule(), ForeignText.line(repair.words(), LONGEST_SHOWN_SQL)))));
        if (changesMeaning) {
            writes.add(ReportGraph.NOTES.add(ForeignText.line(repair.words(), LONGEST_SHOWN_SQL)));
        }
        return Update.of(writes);
    }

    private static String decided(Draft mended) {
        return mended.isWritten()
                ? "Wrote " + ForeignText.line(mended.sql(), LONGEST_SHOWN_SQL)
                : "Gave up: " + mended.problem();
    }

    private static Draft mended(AnswerForm.Read answer, Draft before) {
        String sql = answer.text("sql").strip();
        String problem = ForeignText.line(answer.text("problem"), WriteSteps.LONGEST_DESCRIPTION);
        if (sql.isEmpty() && problem.isEmpty()) {
            throw new BadAnswerException("there is neither 'sql' nor a 'problem'");
        }
        String description = ForeignText.line(answer.text("description"), WriteSteps.LONGEST_DESCRIPTION);
        return sql.isEmpty()
                ? new Draft("", "", problem, before.question(), before.shown())
                : before.with(sql, description);
    }

    private static Draft failed(Draft draft, StudioException error) {
        return new Draft("", "", String.valueOf(error.getMessage()), draft.question(), draft.shown());
    }

    Update rethink(View view, NodeContext context) {
        ReportTask task = view.get(ReportGraph.TASK);
        ReportTask.Tracing tracing = task.begin(GRAPH, "rethink");
        Draft draft = view.get(ReportGraph.DRAFT);
        Ran ran = view.get(ReportGraph.RAN);
        EmptyFacts.Found known = ran.facts();
        Optional<EmptyFacts.Found> facts =
                known == null ? facts(task, draft, context.cancellation()) : Optional.of(known);
        Set<String> tried = new HashSet<>(view.get(ReportGraph.STATEMENTS));
        Optional<EmptyFacts.Fact> mend = facts.flatMap(EmptyFacts.Found::onlyMend);
        Ran explained = Ran.empty(ran.rows(), facts.orElse(null));
        if (mend.isPresent() && !tried.contains(String.valueOf(mend.get().mended()))) {
            String words = "No row fulfils " + ForeignText.line(mend.get().condition(), LONGEST_ERROR) + "; '"
                    + ForeignText.line(mend.get().taken(), LONGEST_ERROR) + "' was taken instead.";
            return Update.of(
                    ReportGraph.DRAFT.set(draft.with(String.valueOf(mend.get().mended()), "")),
                    ReportGraph.RAN.set(explained),
                    ReportGraph.RETHINKS.set(view.get(ReportGraph.RETHINKS) + 1),
                    ReportGraph.NOTES.add(words),
                    ReportGraph.TRACE.add(tracing.byRule("near value", words)));
        }
        boolean mayShow = task.options().shownRows() > 0;
        String words = facts.map(found -> mayShow ? found.words() : found.countsInWords())
                .orElse("It is not known which condition removes them.");
        StepModel.Asked<Draft> asked = task.ask(
                RETHINK,
                WriteSteps.facts(task, draft.tables()) + "Question: "
                        + ForeignText.quoted(draft.question(), WriteSteps.LONGEST_QUESTION) + "\nStatement: "
                        + ForeignText.quoted(draft.sql(), WriteSteps.LONGEST_SQL) + "\nFacts: "
                        + ForeignText.quoted(words, LONGEST_FACTS),
                STATEMENT,
                answer -> mended(answer, draft),
                context.cancellation());
        Draft next = asked.value();
        boolean again = next.isWritten() && tried.contains(next.sql());
        Draft kept =
                again || !next.isWritten() ? new Draft("", "", next.problem(), draft.question(), draft.shown()) : next;
        String decision = again ? "The same statement again, which has no rows" : decided(next);
        return Update.of(
                ReportGraph.DRAFT.set(kept),
                ReportGraph.RAN.set(explained),
                ReportGraph.RETHINKS.set(view.get(ReportGraph.RETHINKS) + 1),
                ReportGraph.TRACE.add(tracing.byModel(asked, decision)));
    }
}
