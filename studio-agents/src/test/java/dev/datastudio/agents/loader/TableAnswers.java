package dev.datastudio.agents.loader;

import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ModelRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a model would answer that describes every table that it is told. */
final class TableAnswers {
    private static final Pattern TABLE = Pattern.compile("(?m)^(?:Table|View) (\"(?:[^\"\\\\]|\\\\.)*\")");

    private TableAnswers() {}

    static ModelReply describing(ModelRequest request) {
        return describing(request.lastText());
    }

    static ModelReply describing(String question) {
        StringBuilder tables = new StringBuilder();
        Matcher table = TABLE.matcher(question);
        while (table.find()) {
            tables.append(tables.isEmpty() ? "" : ",")
                    .append("{\"table\":")
                    .append(table.group(1))
                    .append(",\"business\":\"Business of ")
                    .append(table.group(1).replaceAll("[\"\\\\]", ""))
                    .append("\",\"technical\":\"Built so\",\"columns\":{}}");
        }
        return ModelReply.text("{\"tables\":[" + tables + "]}");
    }
}
