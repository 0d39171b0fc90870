package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.dataset.ImportOptions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the texts of a typed source are: the first rows are looked at, and all rows of the columns that may be more
 * than text.
 *
 * <p>Whoever wrote such a file could have written numbers and chose texts. So whole numbers without any sign around them
 * stay texts, as the codes that they mostly are; amounts, fractions, dates, times and truth values are recognised. Not
 * thread-safe.
 */
final class TextColumns {
    private static final int SAMPLE_ROWS = 20_000;
    private static final int CHECK_EVERY = 4096;

    private final TableFile table;
    private final String reader;
    private final ImportOptions options;

    TextColumns(TableFile table, String reader, ImportOptions options) {
        this.table = table;
        this.reader = reader;
        this.options = options;
    }

    /** A column of texts; plain says whether they are what the file holds, and not other values printed. */
    record Texts(String name, String sql, boolean plain) {}

    /** What each column becomes. */
    Decision decide(List<Texts> columns) throws SQLException {
        List<String> names = columns.stream().map(Texts::name).toList();
        List<ColumnEvidence> evidence = evidence(names);
        boolean complete = gather(columns, evidence, SAMPLE_ROWS);
        if (!complete) {
            gatherAll(columns, evidence);
        }
        Decision decision = Decision.of(names, evidence, options);
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).plain() && Decision.wantedType(names.get(i), options) == null) {
                decision = careful(decision, i);
            }
        }
        return decision;
    }

    private static List<ColumnEvidence> evidence(List<String> names) {
        return new ArrayList<>(
                names.stream().map(name -> new ColumnEvidence(name, "row")).toList());
    }

    /** Looks at all rows of the columns of which some are not enough. */
    private void gatherAll(List<Texts> columns, List<ColumnEvidence> evidence) throws SQLException {
        List<Texts> open = new ArrayList<>();
        List<ColumnEvidence> all = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            boolean wanted = Decision.wantedType(columns.get(i).name(), options) != null;
            if (wanted || evidence.get(i).isPromising()) {
                evidence.set(i, new ColumnEvidence(columns.get(i).name(), "row"));
                open.add(columns.get(i));
                all.add(evidence.get(i));
            }
        }
        if (!open.isEmpty()) {
            gather(open, all, Long.MAX_VALUE);
        }
    }

    /** Whether these were all rows. */
    private boolean gather(List<Texts> columns, List<ColumnEvidence> evidence, long maxRows) throws SQLException {
        String values = String.join(", ", columns.stream().map(Texts::sql).toList());
        String limit = maxRows == Long.MAX_VALUE ? "" : " LIMIT " + maxRows;
        try (Statement statement = table.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + values + " FROM " + reader + limit)) {
            long row = 0;
            while (rows.next()) {
                row++;
                for (int i = 0; i < evidence.size(); i++) {
                    @Nullable String text = rows.getString(i + 1);
                    evidence.get(i).add(text == null ? "" : text, row);
                }
                if (row % CHECK_EVERY == 0) {
                    options.cancellation().throwIfCancelled();
                }
            }
            return row < maxRows;
        }
    }

    private static Decision careful(Decision decision, int index) {
        Conversion found = decision.conversions().get(index);
        if (found.isPlainWhole()) {
            return decision.asText(
                    index,
                    "holds whole numbers written as texts, as codes are, and is kept as text; import it with the type"
                            + " INTEGER to compute with them");
        }
        boolean said = !decision.sentences().get(index).isEmpty();
        return found.type() == ColumnType.DECIMAL && !said
                ? decision.saying(index, "holds numbers written as texts; they are read as numbers")
                : decision;
    }
}
