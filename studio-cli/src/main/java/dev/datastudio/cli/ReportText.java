package dev.datastudio.cli;

import dev.datastudio.agents.reporter.Report;
import dev.datastudio.agents.reporter.TraceStep;
import dev.datastudio.agents.reporter.UsedTable;
import dev.datastudio.core.query.TextTable;
import java.util.Locale;
import java.util.stream.Collectors;

/** A report as a person reads it in a terminal. */
final class ReportText {
    private static final int SHOWN_ROWS = 12;
    private static final int LONGEST_DECISION = 160;
    private static final String INDENT = "   ";

    private final boolean trace;

    ReportText(boolean trace) {
        this.trace = trace;
    }

    /** The whole report, several lines, without a line end after the last. */
    String format(Report report) {
        StringBuilder text = new StringBuilder(report.text());
        if (!report.rows().isEmpty()) {
            text.append('\n');
            append(text, TextTable.format(report.columns(), report.rows(), SHOWN_ROWS));
            long hidden =
                    report.totalRows() - Math.min(SHOWN_ROWS, report.rows().size());
            if (hidden > 0) {
                append(text, String.format(Locale.ROOT, "... and %,d more rows", hidden));
            }
        }
        report.artifacts().stream()
                .filter(file -> file.type().equals("image"))
                .forEach(file -> text.append("\n\npicture: ").append(file.path().isEmpty() ? file.key() : file.path()));
        appendSql(text, report);
        report.notes().forEach(note -> text.append("\nnote: ").append(note));
        if (!report.figures().isEmpty()) {
            text.append("\nnote: no row holds ")
                    .append(String.join(", ", report.figures()))
                    .append("; check ")
                    .append(report.figures().size() == 1 ? "this number." : "these numbers.");
        }
        if (trace) {
            appendTrace(text, report);
        }
        long tokens = report.tokens();
        return text.append(String.format(Locale.ROOT, "%n%nanswered in %,d ms", report.millis()))
                .append(tokens == 0 ? "" : String.format(Locale.ROOT, ", %,d tokens", tokens))
                .toString();
    }

    private static void appendSql(StringBuilder text, Report report) {
        if (report.sql().isEmpty()) {
            return;
        }
        text.append('\n');
        if (!report.description().isEmpty()) {
            append(text, report.description());
        }
        append(text, report.sql());
        String read = report.tables().stream()
                .filter(UsedTable::isRead)
                .map(used -> used.table().table())
                .collect(Collectors.joining(", "));
        if (!read.isEmpty()) {
            append(text, "tables read: " + read + " (" + report.source() + ")");
        }
    }

    private static void appendTrace(StringBuilder text, Report report) {
        text.append("\n\nSteps:");
        int number = 1;
        for (TraceStep step : report.trace()) {
            int tokens = step.inputTokens() + step.outputTokens();
            text.append(String.format(
                    Locale.ROOT,
                    "%n%3d. %-11s %s [%s%s, %,d ms%s]",
                    number++,
                    step.node(),
                    cut(step.decision()),
                    step.decider() == TraceStep.Decider.RULE ? "rule: " : "",
                    step.by(),
                    step.took().toMillis(),
                    tokens == 0 ? "" : String.format(Locale.ROOT, ", %,d tokens", tokens)));
        }
    }

    private static String cut(String decision) {
        String line = decision.replaceAll("\\s+", " ");
        return line.length() <= LONGEST_DECISION ? line : line.substring(0, LONGEST_DECISION - 1) + "…";
    }

    private static void append(StringBuilder text, String lines) {
        lines.lines().forEach(line -> text.append('\n').append(INDENT).append(line));
    }
}
