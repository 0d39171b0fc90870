package dev.datastudio.core.schema.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.core.schema.Author;
import dev.datastudio.core.schema.ColumnDoc;
import dev.datastudio.core.schema.DocText;
import dev.datastudio.core.schema.TableDoc;
import java.util.ArrayList;
import java.util.List;

/** Table documentation as JSON text. */
public final class TableDocJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TableDocJson() {}

    /** As JSON text, in which nothing is left that a database can't keep. */
    public static String write(TableDoc doc) {
        ObjectNode node = JSON.createObjectNode();
        node.put("source", whole(doc.table().source()));
        node.put("table", whole(doc.table().table()));
        write(node.putObject("technical"), doc.technical());
        write(node.putObject("business"), doc.business());
        for (ColumnDoc column : doc.columns()) {
            ObjectNode line = node.withArray("columns").addObject();
            line.put("column", whole(column.column()));
            write(line, column.line());
        }
        return node.put("fingerprint", doc.fingerprint()).toString();
    }

    private static void write(ObjectNode node, DocText text) {
        node.put("text", whole(text.text()));
        node.put("by", text.author().kind().name());
        node.put("name", whole(text.author().name()));
        node.put("version", text.author().version());
    }

    /** A model may cut a text in the middle of a surrogate pair. */
    private static String whole(String text) {
        return text.replaceAll("[\\x{D800}-\\x{DFFF}]", "\uFFFD");
    }

    /**
     * Out of parsed JSON.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static TableDoc read(JsonNode node) {
        List<ColumnDoc> columns = new ArrayList<>();
        for (JsonNode column : node.path("columns")) {
            columns.add(new ColumnDoc(column.path("column").asText(), text(column)));
        }
        return new TableDoc(
                new TableRef(node.path("source").asText(), node.path("table").asText()),
                text(node.path("technical")),
                text(node.path("business")),
                columns,
                node.path("fingerprint").asText());
    }

    private static DocText text(JsonNode node) {
        return new DocText(
                node.path("text").asText(),
                new Author(
                        Author.Kind.valueOf(node.path("by").asText()),
                        node.path("name").asText(),
                        node.path("version").asText()));
    }
}
