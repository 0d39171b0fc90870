package dev.datastudio.core.schema.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.profile.ColumnProfile;
import dev.datastudio.core.schema.DocText;
import dev.datastudio.core.schema.PersonalColumns;
import dev.datastudio.core.schema.TableDoc;
import dev.datastudio.core.schema.TableEdit;
import dev.datastudio.core.source.ForeignKey;
import dev.datastudio.core.source.Source;
import dev.datastudio.core.source.SourceColumn;
import dev.datastudio.core.source.SourceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a table into words: its name and columns first, as the meaning of a long text is that of its beginning. */
public final class TableDescription {
    private static final int MOST_COLUMNS = 300;
    private static final int MOST_VALUES = 50;
    private static final int MOST_EXAMPLES = 5;
    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_COMMENT = 200;

    private TableDescription() {}

    /** A data set; examples are asked for only if a column may show some. */
    public static String of(Dataset dataset, Map<String, ColumnProfile> profiles, List<String> relations) {
        StringBuilder text = new StringBuilder("Table ").append(name(dataset.table()));
        if (!dataset.name().equals(dataset.table())) {
            text.append(" from ").append(clean(dataset.name(), LONGEST_NAME));
        }
        text.append(String.format(Locale.ROOT, ", %,d rows.%n", dataset.rowCount()));
        List<Column> columns = dataset.columns()
                .subList(0, Math.min(MOST_COLUMNS, dataset.columns().size()));
        appendNames(text, columns.stream().map(Column::name).toList());
        for (Column column : columns) {
            text.append('\n').append(name(column.name())).append(": ").append(kind(column));
            ColumnProfile profile = profiles.get(column.name());
            if (profile != null) {
                appendExamples(text, profile);
            }
        }
        appendRelations(text, relations);
        return text.toString();
    }

    private static void appendNames(StringBuilder text, List<String> names) {
        text.append("Columns: ")
                .append(String.join(
                        ", ", names.stream().map(TableDescription::spoken).toList()))
                .append('.');
    }

    private static String kind(Column column) {
        String type = column.type().name().toLowerCase(Locale.ROOT);
        String role = column.role().name().toLowerCase(Locale.ROOT);
        return column.unit().isEmpty() ? type + ", " + role : type + ", " + role + ", in " + clean(column.unit(), 20);
    }

    /** A column of few values that come again, which no person is known by. */
    public static boolean mayShowExamples(Column column, long rows) {
        return column.type() == ColumnType.TEXT
                && column.role() == ColumnRole.DIMENSION
                && column.distinctCount() > 0
                && column.distinctCount() <= MOST_VALUES
                && column.distinctCount() * 2 <= rows
                && !PersonalColumns.isPersonal(column.name());
    }

    private static void appendExamples(StringBuilder text, ColumnProfile profile) {
        List<String> values = profile.top().stream().limit(MOST_EXAMPLES).toList();
        if (!values.isEmpty() && values.stream().noneMatch(PersonalColumns::looksPersonal)) {
            text.append(", such as ")
                    .append(String.join(
                            ", ", values.stream().map(value -> clean(value, 40)).toList()));
        }
    }

    /** A table of a database, as its catalogue describes it; no row of it is read. */
    public static String of(Source source, SourceTable table) {
        return of(source, table, null);
    }

    /** As {@link #of(Source, SourceTable)}, with what is kept of the table. */
    public static String of(Source source, SourceTable table, @Nullable TableDoc doc) {
        StringBuilder text = new StringBuilder("Table ")
                .append(name(table.name().toString()))
                .append(" of the database ")
                .append(clean(source.spec().name(), LONGEST_NAME));
        text.append(table.rowEstimate() < 0 ? ".\n" : String.format(Locale.ROOT, ", %s rows.%n", about(table)));
        appendComment(text, table.comment(), "\n");
        if (doc != null) {
            appendText(text, doc.business(), "\n");
            appendText(text, doc.technical(), "\n");
        }
        List<SourceColumn> columns = table.columns()
                .subList(0, Math.min(MOST_COLUMNS, table.columns().size()));
        appendNames(text, columns.stream().map(SourceColumn::name).toList());
        for (SourceColumn column : columns) {
            text.append('\n')
                    .append(name(column.name()))
                    .append(": ")
                    .append(column.type().name().toLowerCase(Locale.ROOT));
            appendComment(text.append(column.comment().isBlank() ? "" : ", "), column.comment(), "");
            if (doc != null) {
                doc.line(column.name()).ifPresent(line -> appendText(text.append(", "), line, ""));
            }
        }
        List<String> relations = new ArrayList<>();
        for (ForeignKey key : table.foreignKeys()) {
            relations.add(String.join(", ", key.columns()) + " refers to " + key.target());
        }
        appendRelations(text, relations);
        return text.toString();
    }

    /** To one digit: an estimate that wanders makes no new description. */
    private static String about(SourceTable table) {
        long rows = table.rowEstimate();
        if (rows < 10) {
            return "fewer than 10";
        }
        long unit = (long) Math.pow(10, Math.floor(Math.log10((double) rows)));
        return String.format(Locale.ROOT, "more than %,d", rows / unit * unit);
    }

    private static void appendComment(StringBuilder text, String comment, String end) {
        if (!comment.isBlank()) {
            text.append(clean(comment, LONGEST_COMMENT)).append(end);
        }
    }

    private static void appendText(StringBuilder text, DocText part, String end) {
        if (!part.text().isBlank()) {
            text.append(clean(part.text(), TableEdit.MAX_TEXT)).append(end);
        }
    }

    private static void appendRelations(StringBuilder text, List<String> relations) {
        for (String relation : relations) {
            text.append("\nRelation: ").append(clean(relation, LONGEST_COMMENT)).append('.');
        }
    }

    /** A name as it is written, and as it is spoken where that differs. */
    private static String name(String name) {
        String written = clean(name, LONGEST_NAME);
        String spoken = spoken(name);
        return spoken.equalsIgnoreCase(written) || spoken.isEmpty() ? written : written + " (" + spoken + ")";
    }

    private static String spoken(String name) {
        String words = String.join(" ", PersonalColumns.words(name));
        return clean(words.isEmpty() ? name : words, LONGEST_NAME);
    }

    /** What stands in the data may not pretend to be another line. */
    public static String clean(String text, int most) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
        return line.length() <= most ? line : line.substring(0, most) + "...";
    }
}
