package dev.datastudio.agents.reporter.internal;

import dev.datastudio.agents.figure.Figure;
import dev.datastudio.agents.figure.FigureCheck;
import dev.datastudio.agents.figure.ToolOutput;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.core.query.TextTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The numbers of a text that nothing holds, as {@link FigureCheck} finds them. */
final class Figures {
    private Figures() {}

    /** The numbers of a text that stand neither in rows nor in the question, as they are written. */
    static List<String> notIn(String text, String question, QueryResult rows) {
        StringBuilder table = new StringBuilder("Rows (")
                .append(rows.rows().size())
                .append(" shown, ")
                .append(rows.totalRows())
                .append(" total):\n");
        for (List<@Nullable Object> row : rows.rows()) {
            if (table.length() > FigureCheck.MAX_EVIDENCE) {
                break;
            }
            table.append(String.join(" | ", row.stream().map(TextTable::cell).toList()))
                    .append('\n');
        }
        return unsupported(text, question, List.of(new ToolOutput("rows", "sql_query", table.toString())));
    }

    /** The numbers of a text that none of some earlier texts holds. */
    static List<String> notIn(String text, String question, List<String> earlier) {
        List<ToolOutput> outputs = new ArrayList<>();
        for (int i = 0; i < earlier.size(); i++) {
            outputs.add(new ToolOutput("turn-" + (i + 1), "conversation", earlier.get(i)));
        }
        return unsupported(text, question, outputs);
    }

    private static List<String> unsupported(String text, String question, List<ToolOutput> outputs) {
        return FigureCheck.check(text, question, outputs).unsupported().stream()
                .map(Figure::text)
                .distinct()
                .toList();
    }

    /** That a text has such numbers, as the end of a sentence. */
    static String flagged(List<String> figures) {
        return figures.isEmpty() ? "" : "; no row holds " + String.join(", ", figures);
    }
}
