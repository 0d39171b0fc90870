package dev.datastudio.agents.reporter.internal;

import dev.datastudio.agents.prompt.internal.PromptFile;
import dev.datastudio.agents.reporter.UsedTable;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.core.model.internal.BadAnswerException;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The steps that write a statement and say what it computes. */
final class WriteSteps {
    static final int LONGEST_SQL = 20_000;
    static final int LONGEST_DESCRIPTION = 600;
    static final int LONGEST_QUESTION = 2_000;
    static final int LONGEST_CONTEXT = 8_000;
    private static final String GRAPH = "sql";
    private static final int MOST_NAMES = 30;
    private static final PromptFile WRITE = PromptFile.load("reporter/internal/write");
    private static final AnswerForm FORM = AnswerForm.of("statement")
            .text("sql", LONGEST_SQL)
            .text("description", LONGEST_DESCRIPTION)
            .text("problem", LONGEST_DESCRIPTION);

    Update write(View view, NodeContext context) {
        ReportTask task = view.get(SqlGraph.TASK);
        ReportTask.Tracing tracing = task.begin(GRAPH, "write");
        Shown shown = view.get(SqlGraph.SHOWN);
        String question = view.get(SqlGraph.QUESTION);
        StepModel.Asked<Draft> asked = task.ask(
                WRITE,
                text(task, shown, question, view.get(SqlGraph.CONTEXT)),
                FORM,
                answer -> draft(answer, question, shown),
                context.cancellation());
        Draft draft = asked.value();
        String decision = draft.isWritten()
                ? "Wrote " + ForeignText.line(draft.sql(), LONGEST_QUESTION)
                : "Wrote no statement: " + draft.problem();
        return Update.of(SqlGraph.DRAFT.set(draft), SqlGraph.TRACE.add(tracing.byModel(asked, decision)));
    }

    private static Draft draft(AnswerForm.Read answer, String question, Shown shown) {
        String sql = answer.text("sql").strip();
        String problem = ForeignText.line(answer.text("problem"), LONGEST_DESCRIPTION);
        if (sql.isEmpty() && problem.isEmpty()) {
            throw new BadAnswerException("there is neither 'sql' nor a 'problem'");
        }
        String description = ForeignText.line(answer.text("description"), LONGEST_DESCRIPTION);
        return new Draft(sql, description, sql.isEmpty() ? problem : "", question, shown);
    }

    private static String text(ReportTask task, Shown shown, String question, String context) {
        return facts(task, shown)
                + (context.isEmpty()
                        ? ""
                        : "Conversation before: " + ForeignText.quoted(context, LONGEST_CONTEXT) + "\n")
                + "Question: " + ForeignText.quoted(question, LONGEST_QUESTION);
    }

    /** What every step that writes SQL is told: the engine, the day, the tables. */
    static String facts(ReportTask task, Shown shown) {
        LocalDate today = LocalDate.now(task.studio().clock());
        String day = today.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        return "Dialect: " + shown.place().dialect().displayName() + " ("
                + ForeignText.line(shown.place().engine().version(), 100) + ")\nToday: " + day + ", " + today
                + "\nTables:\n" + shown.ddl() + "\n";
    }

    /** Says what the statement reads; where the model did not describe it, in its place. */
    Update describe(View view, NodeContext context) {
        ReportTask task = view.get(SqlGraph.TASK);
        ReportTask.Tracing tracing = task.begin(GRAPH, "describe");
        Draft draft = view.get(SqlGraph.DRAFT);
        if (!draft.isWritten()) {
            return Update.of(SqlGraph.TRACE.add(tracing.byRule("no statement", draft.problem())));
        }
        Shown shown = view.get(SqlGraph.SHOWN);
        Set<TableRef> read = TablesRead.of(draft.sql(), shown);
        List<String> names = shown.tables().stream()
                .filter(table -> read.contains(table.ref()))
                .map(ShownTable::name)
                .toList();
        String reads = names.isEmpty() ? "It reads no table" : "It reads " + String.join(", ", names);
        Draft described = draft.description().isEmpty() ? draft.with(draft.sql(), reads + ".") : draft;
        return Update.of(
                SqlGraph.DRAFT.set(described),
                SqlGraph.TRACE.add(tracing.byRule("tables read", reads + ". " + described.description())));
    }

    /** Which of the tables shown a statement reads. */
    static List<UsedTable> uses(Draft draft) {
        Shown shown = draft.shown();
        if (shown == null) {
            return List.of();
        }
        Set<TableRef> read = TablesRead.of(draft.sql(), shown);
        return shown.uses().stream()
                .map(use -> new UsedTable(use.table(), use.why(), read.contains(use.table())))
                .sorted((one, other) -> Boolean.compare(other.isRead(), one.isRead()))
                .toList();
    }

    Update nothing(View view, NodeContext context) {
        ReportTask task = view.get(SqlGraph.TASK);
        ReportTask.Tracing tracing = task.begin(GRAPH, "nothing");
        List<ShownTable> tables = task.scope().tables();
        String names = tables.stream().limit(MOST_NAMES).map(ShownTable::name).collect(Collectors.joining(", "));
        String problem = "No table is about " + StudioException.quote(view.get(SqlGraph.QUESTION)) + ". "
                + (tables.isEmpty()
                        ? "There are no tables at all."
                        : "There are " + names + (tables.size() > MOST_NAMES ? " and more." : "."));
        Draft draft = new Draft("", "", problem, view.get(SqlGraph.QUESTION), null);
        int searches = view.get(SqlGraph.REFINED) + 1;
        return Update.of(
                SqlGraph.DRAFT.set(draft),
                SqlGraph.TRACE.add(tracing.byRule(
                        "bound", "No table was found in " + searches + (searches == 1 ? " search" : " searches"))));
    }
}
