package dev.datastudio.agents.loader.internal;

import dev.datastudio.agents.loader.LoadOptions.SentValues;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.core.source.ForeignKey;
import dev.datastudio.core.source.SourceTable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What is known of a table before somebody writes about it. Immutable.
 *
 * @param ref names it
 * @param table what the catalogue says
 * @param rows how many there are about, to one digit; -1 when it is not known
 * @param columns in order
 */
record TableFacts(TableRef ref, SourceTable table, long rows, List<ColumnFacts> columns) {
    private static final int MOST_COLUMNS = 100;
    private static final int LONGEST_COMMENT = 300;

    TableFacts {
        columns = List.copyOf(columns);
    }

    /** To one digit, so that a table that grows a little stays as it was. */
    static long about(long rows) {
        if (rows < 10) {
            return rows;
        }
        long unit = (long) Math.pow(10, Math.floor(Math.log10((double) rows)));
        return rows / unit * unit;
    }

    /** The columns that a model is told. */
    List<ColumnFacts> told() {
        return columns.subList(0, Math.min(MOST_COLUMNS, columns.size()));
    }

    /** All of it for a model: a line about the table, and one for each column. */
    String text(SentValues values) {
        StringBuilder text = new StringBuilder(table.kind() == SourceTable.Kind.VIEW ? "View " : "Table ")
                .append(Quoted.name(table.name()));
        if (rows >= 0) {
            text.append(String.format(Locale.ROOT, ", about %,d rows", rows));
        }
        if (!table.comment().isBlank()) {
            text.append(", comment ").append(Quoted.text(table.comment(), LONGEST_COMMENT));
        }
        text.append('\n');
        for (ColumnFacts column : told()) {
            appendColumn(text, values == SentValues.NONE ? column.withoutValues() : column);
        }
        appendKeys(text);
        return text.toString();
    }

    private static void appendColumn(StringBuilder text, ColumnFacts facts) {
        text.append("- ")
                .append(Quoted.name(facts.column().name()))
                .append(' ')
                .append(facts.column().type().name().toLowerCase(Locale.ROOT));
        if (facts.missing() > 0) {
            text.append(", ").append(facts.missing()).append(" % missing");
        }
        if (!facts.categories().isEmpty()) {
            text.append(", values ")
                    .append(facts.categories().stream().map(Quoted::name).collect(Collectors.joining(", ")));
        } else if (!facts.least().isEmpty()) {
            text.append(", from ").append(facts.least()).append(" to ").append(facts.greatest());
        }
        if (!facts.column().comment().isBlank()) {
            text.append(", comment ").append(Quoted.text(facts.column().comment(), LONGEST_COMMENT));
        }
        text.append('\n');
    }

    private void appendKeys(StringBuilder text) {
        if (!table.primaryKey().isEmpty()) {
            text.append("Primary key: ").append(names(table.primaryKey())).append('\n');
        }
        for (List<String> unique : table.uniqueKeys()) {
            text.append("Unique: ").append(names(unique)).append('\n');
        }
        for (ForeignKey key : table.foreignKeys()) {
            text.append(names(key.columns()))
                    .append(" refers to ")
                    .append(Quoted.name(key.target()))
                    .append(": ")
                    .append(names(key.targetColumns()))
                    .append('\n');
        }
    }

    private static String names(List<String> columns) {
        return columns.stream().map(Quoted::name).collect(Collectors.joining(", "));
    }

    /** Of all that is known here. */
    String digest() {
        StringBuilder all = new StringBuilder(text(SentValues.CATEGORIES));
        columns.forEach(facts -> all.append(facts.column().nativeType())
                .append(facts.column().name())
                .append(facts.isPersonal()));
        return digest(all.toString());
    }

    static String digest(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
