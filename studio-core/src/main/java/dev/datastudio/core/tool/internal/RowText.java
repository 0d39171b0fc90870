package dev.datastudio.core.tool.internal;

import dev.datastudio.api.query.QueryResult;
import dev.datastudio.api.query.ResultColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows as text for a model: compact, aligned, bounded. */
final class RowText {
    private static final int MAX_CELL = 200;
    private static final int MAX_PADDING = 40;
    private static final int MAX_CHARACTERS = 60_000;

    private RowText() {}

    static String of(QueryResult result) {
        List<List<String>> cells = new ArrayList<>();
        int characters = 0;
        for (List<@Nullable Object> row : result.rows()) {
            List<String> line = row.stream().map(RowText::cell).toList();
            characters += line.stream().mapToInt(String::length).sum();
            if (characters > MAX_CHARACTERS) {
                break;
            }
            cells.add(line);
        }
        StringBuilder text = new StringBuilder();
        text.append("Execution time: ").append(result.took().toMillis()).append(" ms\n");
        text.append("Columns: ")
                .append(result.columns().stream().map(ResultColumn::name).collect(Collectors.joining(", ")))
                .append('\n');
        text.append("Rows (")
                .append(cells.size())
                .append(" shown, ")
                .append(result.totalRows())
                .append(" total):");
        int[] widths = widths(result.columns().size(), cells);
        for (List<String> line : cells) {
            text.append('\n').append(line(line, widths));
        }
        return text.toString();
    }

    private static int[] widths(int columns, List<List<String>> cells) {
        int[] widths = new int[columns];
        for (List<String> line : cells) {
            for (int i = 0; i < columns; i++) {
                widths[i] =
                        Math.max(widths[i], Math.min(MAX_PADDING, line.get(i).length()));
            }
        }
        return widths;
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(i == 0 ? "" : " | ").append(cells.get(i));
            line.append(" ".repeat(Math.max(0, widths[i] - cells.get(i).length())));
        }
        return line.toString().stripTrailing();
    }

    /** A value in one line; the separator within it is replaced, so that columns can be told apart. */
    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        String text = value.toString().replaceAll("\\p{Cntrl}+", " ").replace('|', '¦');
        return text.length() <= MAX_CELL ? text : text.substring(0, MAX_CELL - 1) + "…";
    }
}
