package dev.datastudio.agents.reporter;

import dev.datastudio.core.query.TextTable;
import java.util.Objects;

/**
 * What was said and answered before in a conversation. Immutable.
 *
 * @param message what the person said
 * @param answer what was answered, with the numbers that were shown
 * @param sql the statement behind the answer; empty for none
 */
public record ReportTurn(String message, String answer, String sql) {
    /** So many rows of a report are remembered. */
    private static final int REMEMBERED_ROWS = 20;

    public ReportTurn {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(sql, "sql");
    }

    /** The turn of a message and the report that answered it: its text, and its first {@value #REMEMBERED_ROWS} rows. */
    public static ReportTurn of(String message, Report report) {
        String rows = report.rows().isEmpty()
                ? ""
                : "\n" + TextTable.format(report.columns(), report.rows(), REMEMBERED_ROWS);
        return new ReportTurn(message, report.text() + rows, report.sql());
    }
}
