package dev.datastudio.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.core.query.TextTable;
import dev.datastudio.ml.explore.Exploration;
import dev.datastudio.ml.explore.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What an exploration found, for people and for programs. */
final class ExploredText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_ROWS = 60;

    private ExploredText() {}

    /**
     * Sentences, tables, remarks, and what was kept.
     *
     * @param charts where they are
     */
    static String of(Finding told, Exploration found, List<String> charts) {
        StringBuilder text = new StringBuilder(String.join("\n", told.sentences()));
        told.tables()
                .forEach(each ->
                        text.append("\n\n").append(each.title()).append("\n\n").append(table(each)));
        List<String> rest = new ArrayList<>();
        told.notes().forEach(note -> rest.add("Note: " + note));
        charts.forEach(each -> rest.add("Chart: " + each));
        found.kept()
                .ifPresent(made -> rest.add("Data set: " + made.name() + ", version " + made.version() + ", "
                        + made.rowCount() + " rows, as the table " + made.table()));
        found.model()
                .ifPresent(made -> rest.add("Model for new rows: " + made.name() + ", version " + made.version()
                        + "; try ./studio trained predict \"" + made.name() + "\" FILE"));
        if (!rest.isEmpty()) {
            text.append("\n\n").append(String.join("\n", rest));
        }
        return text.toString();
    }

    private static String table(Finding.Table table) {
        List<ResultColumn> columns = IntStream.range(0, table.columns().size())
                .mapToObj(i -> new ResultColumn(
                        table.columns().get(i),
                        table.rows().stream().anyMatch(row -> row.get(i) instanceof Number)
                                ? ColumnType.DECIMAL
                                : ColumnType.TEXT))
                .toList();
        int more = table.rows().size() - MOST_ROWS;
        return TextTable.format(columns, table.rows(), MOST_ROWS) + (more > 0 ? "\n… and " + more + " more" : "");
    }

    /** All of it. */
    static String json(Finding told, Exploration found, List<String> charts) {
        ObjectNode json = JSON.createObjectNode();
        json.set("sentences", JSON.valueToTree(told.sentences()));
        json.set("notes", JSON.valueToTree(told.notes()));
        ArrayNode tables = json.putArray("tables");
        told.tables().forEach(each -> tables.add(JSON.<ObjectNode>valueToTree(each)));
        json.set("charts", JSON.valueToTree(charts));
        found.kept()
                .ifPresent(made -> json.putObject("data")
                        .put("id", made.id().toString())
                        .put("name", made.name())
                        .put("version", made.version())
                        .put("table", made.table())
                        .put("rows", made.rowCount()));
        found.model()
                .ifPresent(made -> json.putObject("model")
                        .put("id", made.id())
                        .put("name", made.name())
                        .put("version", made.version()));
        return json.toPrettyString();
    }
}
