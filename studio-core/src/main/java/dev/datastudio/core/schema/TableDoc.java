package dev.datastudio.core.schema;

import dev.datastudio.api.relation.TableRef;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a table of a database is, for people and for finding it. Immutable.
 *
 * @param table which
 * @param technical how it is built: rows, keys, types, what it refers to
 * @param business what its rows stand for, in the words of those who work with them
 * @param columns a line for each column, in the order of the table
 * @param fingerprint of all that the texts were made from; as long as it is the same, they need not be made again. Empty
 *     when they are to be made again whatever happens
 */
public record TableDoc(
        TableRef table, DocText technical, DocText business, List<ColumnDoc> columns, String fingerprint) {
    public TableDoc {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(technical, "technical");
        Objects.requireNonNull(business, "business");
        Objects.requireNonNull(fingerprint, "fingerprint");
        columns = List.copyOf(columns);
    }

    /** The line of a column, letter case aside. */
    public Optional<DocText> line(String column) {
        return columns.stream()
                .filter(each -> each.column().equalsIgnoreCase(column))
                .map(ColumnDoc::line)
                .findFirst();
    }

    /** Everything in words: the business text, the technical one, then a line {@code column: …} each. */
    public String text() {
        StringBuilder text = new StringBuilder("Table ").append(table.table()).append('\n');
        for (DocText part : List.of(business, technical)) {
            if (!part.text().isEmpty()) {
                text.append(part.text()).append('\n');
            }
        }
        for (ColumnDoc column : columns) {
            text.append(column.column())
                    .append(": ")
                    .append(column.line().text())
                    .append('\n');
        }
        return text.toString().stripTrailing();
    }
}
