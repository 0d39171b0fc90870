package dev.datastudio.cli;

import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AnswerArtifact;
import dev.datastudio.agents.ask.AnswerStatus;
import dev.datastudio.agents.ask.AnswerStep;
import dev.datastudio.agents.planner.WordLink;
import dev.datastudio.core.query.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An answer as a person reads it in a terminal. */
final class AnswerText {
    private static final int SHOWN_ROWS = 12;
    private static final int SHOWN_SQL_LINES = 12;
    private static final String INDENT = "   ";
    private static final Pattern TRAINS = Pattern.compile("(?i)\\b(train|predict|classif|regress|model)");
    private static final Pattern EXPLORES = Pattern.compile("(?i)\\b(cluster|segment|forecast|anomal|unusual|outlier)");

    private AnswerText() {}

    /** The whole answer, several lines, without a line end after the last. */
    static String format(Answer answer) {
        StringBuilder text = new StringBuilder();
        if (answer.status() == AnswerStatus.ANSWERED) {
            appendAnswer(text, answer);
        } else {
            text.append(answer.message());
            appendList(text, "Not understood", answer.unknownWords());
            appendSuggestions(text, answer);
            appendOtherCommand(text, answer.unknownWords());
        }
        for (String warning : answer.warnings()) {
            text.append("\nnote: ").append(warning);
        }
        return text.toString();
    }

    private static void appendAnswer(StringBuilder text, Answer answer) {
        if (!answer.changes().isEmpty()) {
            text.append("Changed: ").append(String.join("; ", answer.changes())).append('\n');
        }
        text.append("Read as: ").append(answer.reading());
        appendLinks(text, answer.links());
        int number = 1;
        for (AnswerStep step : answer.steps()) {
            text.append("\n\n").append(number++).append(". ").append(step.intent());
            appendStep(text, step);
        }
        text.append(String.format(
                Locale.ROOT, "%n%nanswered in %,d ms%s", answer.millis(), answer.cached() ? ", from the cache" : ""));
    }

    /** What words were taken for, where that is a thing of the data and not just itself. */
    private static void appendLinks(StringBuilder text, List<WordLink> links) {
        String taken = links.stream()
                .filter(link -> !link.how().isEmpty() && link.kind() != WordLink.Kind.TABLE)
                .map(link -> link.words() + " = " + link.target())
                .distinct()
                .collect(Collectors.joining(", "));
        if (!taken.isEmpty()) {
            text.append("\nWords: ").append(taken);
        }
    }

    private static void appendStep(StringBuilder text, AnswerStep step) {
        appendIndented(text, step.reading());
        if (!step.rows().isEmpty()) {
            text.append('\n');
            appendIndented(text, TextTable.format(step.columns(), step.rows(), SHOWN_ROWS));
            long hidden = step.totalRows() - Math.min(SHOWN_ROWS, step.rows().size());
            if (hidden > 0) {
                appendIndented(text, String.format(Locale.ROOT, "... and %,d more rows", hidden));
            }
        }
        for (AnswerArtifact artifact : step.artifacts()) {
            if (artifact.type().equals("image")) {
                text.append('\n');
                appendIndented(text, "picture: " + (artifact.path().isEmpty() ? artifact.key() : artifact.path()));
            }
        }
        text.append('\n');
        long lines = step.sql().lines().count();
        appendIndented(
                text, lines <= SHOWN_SQL_LINES ? step.sql() : "SQL of " + lines + " lines: --json or --out shows it");
    }

    private static void appendSuggestions(StringBuilder text, Answer answer) {
        String title = answer.status() == AnswerStatus.AMBIGUOUS ? "Ask one of these:" : "These work on this data:";
        if (!answer.suggestions().isEmpty()) {
            text.append('\n').append(title);
            for (String suggestion : answer.suggestions()) {
                text.append('\n').append(INDENT).append(suggestion);
            }
        }
    }

    /** What is no question about rows, but something that another command does. */
    private static void appendOtherCommand(StringBuilder text, List<String> unknownWords) {
        String unknown = String.join(" ", unknownWords);
        if (TRAINS.matcher(unknown).find()) {
            text.append("\nA model that predicts a column is trained by: ./studio train FILE COLUMN");
        } else if (EXPLORES.matcher(unknown).find()) {
            text.append(
                    "\nGroups, unusual rows and forecasts are found by: ./studio explore FILE groups|unusual|forecast");
        }
    }

    private static void appendList(StringBuilder text, String title, List<String> words) {
        if (!words.isEmpty()) {
            text.append('\n').append(title).append(": ").append(String.join(", ", words));
        }
    }

    private static void appendIndented(StringBuilder text, String lines) {
        lines.lines().forEach(line -> text.append('\n').append(INDENT).append(line));
    }
}
