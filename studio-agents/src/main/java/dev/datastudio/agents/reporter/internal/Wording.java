package dev.datastudio.agents.reporter.internal;

import dev.datastudio.agents.prompt.internal.PromptFile;
import dev.datastudio.agents.reporter.TraceStep;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.core.model.internal.BadAnswerException;
import dev.datastudio.core.query.TextTable;
import dev.datastudio.core.text.internal.OutsideText;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says in words what rows show: by a model that is shown some of them, else by a rule. Its figures are tied to rows. */
final class Wording {
    private static final int LONGEST_TEXT = 1_500;
    private static final int LONGEST_ROWS = 20_000;
    private static final int SAID_COLUMNS = 6;
    private static final PromptFile WORD = PromptFile.load("reporter/internal/word");
    private static final AnswerForm FORM = AnswerForm.of("answer").text("text", LONGEST_TEXT);

    /**
     * A text.
     *
     * @param figures its numbers that no row holds
     * @param step how it came about
     */
    record Worded(String text, List<String> figures, TraceStep step) {}

    Worded of(ReportTask task, Draft draft, QueryResult rows, ReportTask.Tracing tracing, Cancellation cancellation) {
        if (task.options().shownRows() == 0) {
            return new Worded(byRule(rows), List.of(), tracing.byRule("rows not shown", "Said what the rows hold"));
        }
        String table =
                TextTable.format(rows.columns(), rows.rows(), task.options().shownRows());
        String facts = "Question: " + ForeignText.quoted(draft.question(), WriteSteps.LONGEST_QUESTION)
                + "\nWhat the rows are: " + ForeignText.quoted(draft.description(), WriteSteps.LONGEST_DESCRIPTION)
                + "\nRows in all: " + rows.totalRows() + "\nFirst rows: " + ForeignText.quoted(table, LONGEST_ROWS);
        StepModel.Asked<String> asked = task.ask(WORD, facts, FORM, Wording::text, cancellation);
        List<String> figures = Figures.notIn(asked.value(), draft.question(), rows);
        return new Worded(
                asked.value(), figures, tracing.byModel(asked, "Said what the rows show" + Figures.flagged(figures)));
    }

    private static String text(AnswerForm.Read answer) {
        String text = OutsideText.unloaded(ForeignText.lines(answer.text("text"), LONGEST_TEXT));
        if (text.isEmpty()) {
            throw new BadAnswerException("'text' is empty");
        }
        return text;
    }

    /** One value with its name; of more, how many there are and the first. */
    private static String byRule(QueryResult rows) {
        List<@Nullable Object> first = rows.rows().get(0);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(SAID_COLUMNS, first.size()); i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(ForeignText.line(rows.columns().get(i).name(), 100))
                    .append(' ')
                    .append(ForeignText.line(TextTable.cell(first.get(i)), 200));
        }
        return rows.totalRows() == 1
                ? text + "."
                : String.format(Locale.ENGLISH, "%,d rows; the first: %s.", rows.totalRows(), text);
    }
}
