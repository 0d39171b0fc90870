package dev.datastudio.agents.reporter.internal;

import dev.datastudio.agents.prompt.internal.TokenEstimate;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.core.schema.TableDoc;
import dev.datastudio.core.schema.TableDocs;
import dev.datastudio.core.table.TableInfo.ColumnInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tables as {@code CREATE TABLE} statements within a budget of tokens: with what is said of them, then with names and
 * types alone, and at last not at all. Names are in quotes where a statement needs them.
 */
final class SchemaText {
    private static final int MOST_COLUMNS = 120;
    private static final int LONGEST_TABLE_LINE = 240;
    private static final int LONGEST_COLUMN_LINE = 100;
    private static final int LONGEST_TYPE = 40;

    private final Place place;
    private final SqlNames names;
    private final List<Relation> relations;
    private final TableDocs docs;

    SchemaText(Place place, List<Relation> relations, TableDocs docs) {
        this.place = place;
        this.names = new SqlNames(place.dialect());
        this.relations = relations.stream().filter(Relation::isUsable).toList();
        this.docs = docs;
    }

    /**
     * What found room.
     *
     * @param ddl the statements
     * @param tables the tables in it, in order
     * @param leftOut those without room
     */
    record Fitted(String ddl, List<ShownTable> tables, List<ShownTable> leftOut) {}

    /** As many of some tables as fit, the first ones first; the very first always is there. */
    Fitted fit(List<ShownTable> ordered, int maxTokens) {
        Set<TableRef> refs = new HashSet<>();
        ordered.forEach(table -> refs.add(table.ref()));
        StringBuilder ddl = new StringBuilder();
        List<ShownTable> in = new ArrayList<>();
        List<ShownTable> out = new ArrayList<>();
        int left = maxTokens;
        for (ShownTable table : ordered) {
            String full = ddl(table, refs, true);
            String text = TokenEstimate.of(full) <= left ? full : ddl(table, refs, false);
            int tokens = TokenEstimate.of(text);
            if (tokens <= left || in.isEmpty()) {
                ddl.append(text);
                in.add(table);
                left -= tokens;
            } else {
                out.add(table);
            }
        }
        return new Fitted(ddl.toString().stripTrailing(), in, out);
    }

    private String ddl(ShownTable table, Set<TableRef> refs, boolean withDocs) {
        Optional<TableDoc> doc =
                withDocs && !table.ref().source().equals(TableRef.DATASETS) ? docs.find(table.ref()) : Optional.empty();
        StringBuilder text =
                new StringBuilder("CREATE TABLE ").append(names.write(table)).append(" (");
        append(text, withDocs ? tableLine(table, doc) : "", LONGEST_TABLE_LINE);
        List<ColumnInfo> columns = table.info().columns();
        int shown = Math.min(columns.size(), MOST_COLUMNS);
        for (int i = 0; i < shown; i++) {
            ColumnInfo column = columns.get(i);
            text.append("\n  ").append(names.write(column.name())).append(' ').append(type(column));
            if (table.primaryKey().equals(List.of(column.name()))) {
                text.append(" PRIMARY KEY");
            }
            text.append(reference(table, column, refs)).append(i < shown - 1 ? "," : "");
            append(text, doc.map(d -> columnLine(d, column)).orElse(""), LONGEST_COLUMN_LINE);
        }
        if (shown < columns.size()) {
            text.append("\n  -- and ").append(columns.size() - shown).append(" more columns");
        }
        return text.append("\n);\n").toString();
    }

    private static String tableLine(ShownTable table, Optional<TableDoc> doc) {
        List<String> parts = new ArrayList<>();
        if (table.info().rows() >= 0) {
            parts.add((table.info().exactRows() ? "" : "about ") + table.info().rows() + " rows");
        }
        String words = doc.map(d -> d.business().text())
                .filter(t -> !t.isEmpty())
                .orElse(table.info().comment());
        if (!words.isEmpty()) {
            parts.add(words);
        }
        return String.join("; ", parts);
    }

    private static String columnLine(TableDoc doc, ColumnInfo column) {
        return doc.line(column.name()).map(line -> line.text()).orElse("");
    }

    /** A comment to the end of the line, which the text can't leave. */
    private static void append(StringBuilder text, String comment, int longest) {
        String line = ForeignText.line(comment, longest);
        if (!line.isEmpty()) {
            text.append(" -- ").append(line);
        }
    }

    private static String type(ColumnInfo column) {
        String type =
                column.nativeType().isEmpty() ? column.type().name().toLowerCase(Locale.ROOT) : column.nativeType();
        return ForeignText.line(type.equals("text") ? "text" : type, LONGEST_TYPE);
    }

    private String reference(ShownTable table, ColumnInfo column, Set<TableRef> refs) {
        for (Relation relation : relations) {
            boolean mine = relation.from().table().equals(table.ref())
                    && relation.from().columns().equals(List.of(column.name()));
            if (mine && refs.contains(relation.to().table())) {
                ShownTable target = place.get(relation.to().table());
                return " REFERENCES " + names.write(target) + "("
                        + names.write(relation.to().columns().get(0)) + ")";
            }
        }
        return "";
    }
}
