package dev.datastudio.core.profile.internal;

import dev.datastudio.core.profile.DatasetProfile.DuplicateRow;
import dev.datastudio.core.profile.DatasetProfile.MissingBlock;
import dev.datastudio.core.profile.DatasetProfile.Row;
import dev.datastudio.core.profile.DatasetProfile.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is told of rows: missing values along the file, duplicates, the first and the last ones. */
final class RowScan {
    private static final int BLOCKS = 40;
    private static final int SHOWN_ROWS = 10;
    private static final int SHOWN_DUPLICATES = 5;
    private static final int SHOWN_CHARACTERS = 200;
    private static final int COLUMNS_AT_ONCE = 100;

    private final ProfileSession session;
    private final List<ColumnBuilder> columns;
    private final long rows;

    RowScan(ProfileSession session, List<ColumnBuilder> columns, long rows) {
        this.session = session;
        this.columns = columns;
        this.rows = rows;
    }

    /** Rows that lack at least one value. */
    long rowsWithMissing() {
        List<String> tests = columns.stream()
                .filter(column -> column.count < rows)
                .map(column -> column.sql() + " IS NULL")
                .toList();
        if (tests.isEmpty()) {
            return 0;
        }
        return session.row("SELECT count(*) FROM " + ProfileSession.DATA + " WHERE " + String.join(" OR ", tests))
                .asLong();
    }

    List<MissingBlock> missingBlocks() {
        if (columns.stream().allMatch(column -> column.count == rows)) {
            return List.of();
        }
        int blocks = (int) Math.min(BLOCKS, rows);
        List<List<Long>> missing = new ArrayList<>();
        long[] sizes = new long[blocks];
        for (int i = 0; i < blocks; i++) {
            missing.add(new ArrayList<>());
        }
        for (int from = 0; from < columns.size(); from += COLUMNS_AT_ONCE) {
            List<ColumnBuilder> part = columns.subList(from, Math.min(columns.size(), from + COLUMNS_AT_ONCE));
            List<String> counts =
                    part.stream().map(column -> "count(" + column.sql() + ")").toList();
            for (SqlRow row : session.rows("SELECT rowid * " + blocks + " // " + rows + " AS block, count(*), "
                    + String.join(", ", counts) + " FROM " + ProfileSession.DATA + " GROUP BY block ORDER BY block")) {
                int block = (int) row.asLong();
                sizes[block] = row.asLong();
                part.forEach(column -> missing.get(block).add(sizes[block] - row.asLong()));
            }
        }
        List<MissingBlock> list = new ArrayList<>();
        long first = 1;
        for (int i = 0; i < blocks; i++) {
            list.add(new MissingBlock(first, sizes[i], missing.get(i)));
            first += sizes[i];
        }
        return list;
    }

    /** Rows that are equal to one before them, told by 64-bit hashes of the whole row, and some of them. */
    record Duplicates(long count, List<DuplicateRow> examples) {}

    Duplicates duplicates() {
        session.report("looking for duplicate rows", 0, columns.size());
        if (columns.stream().anyMatch(column -> column.build().isKey())) {
            return new Duplicates(0, List.of());
        }
        String hash = "hash("
                + String.join(", ", columns.stream().map(ColumnBuilder::sql).toList()) + ")";
        String few = "min({'n': -n, 'r': r, 'h': h}, " + SHOWN_DUPLICATES + ")";
        SqlRow found = session.row("SELECT coalesce(sum(n - 1), 0), [-s.n for s in " + few + "], [s.r for s in " + few
                + "] FROM (SELECT " + hash + " AS h, count(*) AS n, min(rowid) AS r FROM " + ProfileSession.DATA
                + " GROUP BY 1 HAVING count(*) > 1)");
        long count = found.asLong();
        List<Long> counts = found.asLongs();
        List<Long> numbers = found.asLongs();
        List<DuplicateRow> examples = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            long repeats = counts.get(i);
            read("WHERE rowid = " + numbers.get(i)).forEach(row -> examples.add(new DuplicateRow(row, repeats)));
        }
        return new Duplicates(count, examples);
    }

    Sample sample(List<DuplicateRow> duplicates) {
        long tail = Math.max(SHOWN_ROWS, rows - SHOWN_ROWS);
        return new Sample(
                read("WHERE rowid < " + SHOWN_ROWS + " ORDER BY rowid"),
                read("WHERE rowid >= " + tail + " ORDER BY rowid"),
                duplicates);
    }

    private List<Row> read(String which) {
        String list = String.join(
                ", ",
                columns.stream()
                        .map(column -> "CAST(" + column.sql() + " AS VARCHAR)")
                        .toList());
        return session.rows("SELECT rowid + 1, " + list + " FROM " + ProfileSession.DATA + " " + which).stream()
                .map(this::row)
                .toList();
    }

    private Row row(SqlRow row) {
        long number = row.asLong();
        List<Optional<String>> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            @Nullable String value = row.asTextOrNull();
            values.add(Optional.ofNullable(value).map(RowScan::cut));
        }
        return new Row(number, values);
    }

    private static String cut(String value) {
        return value.length() <= SHOWN_CHARACTERS
                ? value
                : value.substring(
                                0,
                                value.offsetByCodePoints(
                                        0, Math.min(SHOWN_CHARACTERS - 1, value.codePointCount(0, value.length()) - 1)))
                        + "…";
    }
}
