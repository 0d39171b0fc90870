package dev.datastudio.agents.reporter.internal;

import dev.datastudio.api.query.QueryResult;
import dev.datastudio.core.query.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The numbers of a text that nothing holds. */
final class Figures {
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])\\d[\\d,]*(?:\\.\\d+)?");

    private Figures() {}

    /** The numbers of a text that stand in none of some others, as they are written. */
    static List<String> notIn(String text, List<String> sources) {
        List<String> missing = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(text);
        while (matcher.find()) {
            String number = matcher.group();
            boolean held =
                    sources.stream().anyMatch(source -> source.replace(",", "").contains(number.replace(",", "")));
            if (!held && !missing.contains(number)) {
                missing.add(number);
            }
        }
        return missing;
    }

    /** The numbers of a text that stand neither in rows nor in the question. */
    static List<String> notIn(String text, String question, QueryResult rows) {
        String cells = rows.rows().stream()
                .map(row -> row.stream().map(TextTable::cell).collect(Collectors.joining(" ")))
                .collect(Collectors.joining("\n"));
        return notIn(text, List.of(cells, String.valueOf(rows.totalRows()), question));
    }

    /** That a text has such numbers, as the end of a sentence. */
    static String flagged(List<String> figures) {
        return figures.isEmpty() ? "" : "; nothing holds " + String.join(", ", figures);
    }
}
