package dev.datastudio.agents.reporter.internal;

import dev.datastudio.agents.prompt.internal.PromptFile;
import dev.datastudio.agents.prompt.internal.TokenEstimate;
import dev.datastudio.agents.reporter.ReportStatus;
import dev.datastudio.agents.reporter.ReportTurn;
import dev.datastudio.agents.reporter.internal.ReportGraph.Need;
import dev.datastudio.agents.reporter.internal.ReportGraph.Screening;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.model.internal.BadAnswerException;
import dev.datastudio.core.text.internal.OutsideText;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The steps before any SQL: what the message is about, and whether the conversation answers it. */
final class ConversationSteps {
    private static final String GRAPH = "reporter";
    private static final int LONGEST_REPLY = 400;
    private static final int LONGEST_SUMMARY = 2_000;
    private static final int LONGEST_TURN = 3_000;
    private static final int LONGEST_HISTORY = 12_000;
    private static final int LONGEST_NAME = 120;
    private static final int LONGEST_TEXT = 2_000;
    private static final int MOST_NAMES = 100;
    private static final List<String> NEEDS = List.of("sql", "chart", "conversation");
    private static final PromptFile SCREEN = PromptFile.load("reporter/internal/screen");
    private static final PromptFile SUMMARISE = PromptFile.load("reporter/internal/summarise");
    private static final PromptFile DECIDE = PromptFile.load("reporter/internal/decide");
    private static final PromptFile CONVERSE = PromptFile.load("reporter/internal/converse");
    private static final AnswerForm SCREENED =
            AnswerForm.of("screening").choice("about", List.of("data", "other")).text("reply", LONGEST_REPLY);
    private static final AnswerForm SUMMARISED = AnswerForm.of("summary").text("summary", LONGEST_SUMMARY);
    private static final AnswerForm DECIDED =
            AnswerForm.of("need").choice("need", NEEDS).text("question", WriteSteps.LONGEST_QUESTION);
    private static final AnswerForm CONVERSED = AnswerForm.of("answer").text("text", LONGEST_TEXT);

    Update screen(View view, NodeContext context) {
        ReportTask task = view.get(ReportGraph.TASK);
        ReportTask.Tracing tracing = task.begin(GRAPH, "screen");
        StepModel.Asked<Screening> asked = task.ask(
                SCREEN,
                "Names of tables: " + names(task) + "\n" + lastTurn(task) + "Message: " + message(task),
                SCREENED,
                ConversationSteps::screened,
                context.cancellation());
        boolean relevant = asked.value().isRelevant();
        return Update.of(
                ReportGraph.SCREENED.set(asked.value()),
                ReportGraph.TRACE.add(tracing.byModel(
                        asked, relevant ? "The message is about the data" : "The message is not about the data")));
    }

    private static Screening screened(AnswerForm.Read answer) {
        String reply = ForeignText.line(answer.text("reply"), LONGEST_REPLY);
        boolean relevant = answer.text("about").equals("data");
        if (!relevant && reply.isEmpty()) {
            throw new BadAnswerException("'reply' is empty, though the message is not about the data");
        }
        return new Screening(relevant, reply);
    }

    private static String names(ReportTask task) {
        return task.scope().tables().stream()
                .limit(MOST_NAMES)
                .map(table -> ForeignText.quoted(table.name(), LONGEST_NAME))
                .collect(Collectors.joining(", "));
    }

    private static String message(ReportTask task) {
        return ForeignText.quoted(task.request().message(), Integer.MAX_VALUE);
    }

    private static String lastTurn(ReportTask task) {
        List<ReportTurn> history = task.request().history();
        return history.isEmpty()
                ? ""
                : "The message before: "
                        + ForeignText.quoted(history.get(history.size() - 1).message(), LONGEST_TURN) + "\n";
    }

    /** What is short enough is kept as it is; the rest is summarised. */
    Update summarise(View view, NodeContext context) {
        ReportTask task = view.get(ReportGraph.TASK);
        ReportTask.Tracing tracing = task.begin(GRAPH, "summarise");
        String summary = task.request().summary();
        List<ReportTurn> history = task.request().history();
        boolean mayShow = task.options().shownRows() > 0;
        String whole = text(summary, mayShow ? history : withoutAnswers(history));
        if (whole.isEmpty()) {
            return Update.of(ReportGraph.TRACE.add(tracing.byRule("no history", "Nothing was said before")));
        }
        if (TokenEstimate.of(whole) <= task.options().historyTokens()) {
            return Update.of(
                    ReportGraph.SUMMARY.set(ForeignText.lines(summary, LONGEST_SUMMARY)),
                    ReportGraph.CONTEXT.set(whole),
                    ReportGraph.TRACE.add(
                            tracing.byRule("short history", "The conversation is short enough to be kept")));
        }
        StepModel.Asked<String> asked = task.ask(
                SUMMARISE,
                "Conversation: " + ForeignText.quoted(whole, LONGEST_HISTORY),
                SUMMARISED,
                answer -> ForeignText.lines(answer.text("summary"), LONGEST_SUMMARY),
                context.cancellation());
        ReportTurn last = history.isEmpty() ? null : history.get(history.size() - 1);
        String before = last == null || last.sql().isEmpty() ? "" : "\nLast statement: " + last.sql();
        return Update.of(
                ReportGraph.SUMMARY.set(asked.value()),
                ReportGraph.CONTEXT.set(asked.value() + ForeignText.lines(before, LONGEST_TURN)),
                ReportGraph.TRACE.add(tracing.byModel(asked, history.size() + " turns were summarised")));
    }

    /** Answers hold rows. */
    private static List<ReportTurn> withoutAnswers(List<ReportTurn> history) {
        return history.stream()
                .map(turn -> new ReportTurn(turn.message(), "", turn.sql()))
                .toList();
    }

    private static String text(String summary, List<ReportTurn> history) {
        StringBuilder text = new StringBuilder();
        if (!summary.isBlank()) {
            text.append("Before: ")
                    .append(ForeignText.lines(summary, LONGEST_SUMMARY))
                    .append('\n');
        }
        for (ReportTurn turn : history) {
            text.append("Person: ")
                    .append(ForeignText.lines(turn.message(), LONGEST_TURN))
                    .append('\n');
            if (!turn.answer().isEmpty()) {
                text.append("Answer: ")
                        .append(ForeignText.lines(turn.answer(), LONGEST_TURN))
                        .append('\n');
            }
            if (!turn.sql().isEmpty()) {
                text.append("Statement: ")
                        .append(ForeignText.lines(turn.sql(), LONGEST_TURN))
                        .append('\n');
            }
        }
        return text.toString().strip();
    }

    Update decide(View view, NodeContext context) {
        ReportTask task = view.get(ReportGraph.TASK);
        ReportTask.Tracing tracing = task.begin(GRAPH, "decide");
        String conversation = view.get(ReportGraph.CONTEXT);
        if (conversation.isEmpty()) {
            return Update.of(
                    ReportGraph.NEED.set(Need.SQL),
                    ReportGraph.QUESTION.set(ForeignText.lines(task.request().message(), WriteSteps.LONGEST_QUESTION)),
                    ReportGraph.TRACE.add(tracing.byRule("first message", "The answer needs SQL")));
        }
        StepModel.Asked<Decision> asked = task.ask(
                DECIDE,
                "Conversation: " + ForeignText.quoted(conversation, LONGEST_HISTORY) + "\nMessage: " + message(task),
                DECIDED,
                answer -> decision(task, answer),
                context.cancellation());
        Decision decision = asked.value();
        String words = switch (decision.need()) {
            case SQL -> "The answer needs SQL, for " + StudioException.quote(decision.question());
            case CHART -> "It needs a new chart, of " + StudioException.quote(decision.question());
            case CONVERSATION -> "The conversation holds the answer";
        };
        return Update.of(
                ReportGraph.NEED.set(decision.need()),
                ReportGraph.QUESTION.set(decision.question()),
                ReportGraph.TRACE.add(tracing.byModel(asked, words)));
    }

    private record Decision(Need need, String question) {}

    private static Decision decision(ReportTask task, AnswerForm.Read answer) {
        String question = ForeignText.lines(answer.text("question"), WriteSteps.LONGEST_QUESTION);
        return new Decision(
                Need.valueOf(answer.text("need").toUpperCase(Locale.ROOT)),
                question.isEmpty()
                        ? ForeignText.lines(task.request().message(), WriteSteps.LONGEST_QUESTION)
                        : question);
    }

    Update converse(View view, NodeContext context) {
        ReportTask task = view.get(ReportGraph.TASK);
        ReportTask.Tracing tracing = task.begin(GRAPH, "converse");
        String conversation = view.get(ReportGraph.CONTEXT);
        StepModel.Asked<String> asked = task.ask(
                CONVERSE,
                "Conversation: " + ForeignText.quoted(conversation, LONGEST_HISTORY) + "\nMessage: " + message(task),
                CONVERSED,
                ConversationSteps::text,
                context.cancellation());
        List<String> figures = Figures.notIn(
                asked.value(),
                task.request().message(),
                List.of(conversation, text("", task.request().history())));
        String decision = "Answered from the conversation" + Figures.flagged(figures);
        ReportDraft report = ReportDraft.of(task, ReportStatus.ANSWERED, asked.value())
                .figures(figures)
                .summary(view.get(ReportGraph.SUMMARY));
        return Update.of(
                ReportGraph.REPORT.set(report.build()), ReportGraph.TRACE.add(tracing.byModel(asked, decision)));
    }

    private static String text(AnswerForm.Read answer) {
        String text = OutsideText.unloaded(ForeignText.lines(answer.text("text"), LONGEST_TEXT));
        if (text.isEmpty()) {
            throw new BadAnswerException("'text' is empty");
        }
        return text;
    }
}
