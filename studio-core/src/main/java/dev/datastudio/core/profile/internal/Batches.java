package dev.datastudio.core.profile.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Many columns in few passes: statements of so many columns each, their results in the order of the columns. */
final class Batches {
    private static final int COLUMNS_AT_ONCE = 25;

    private final ProfileSession session;
    private final String stage;

    Batches(ProfileSession session, String stage) {
        this.session = session;
        this.stage = stage;
    }

    /** Takes what a column's expressions gave, in their order. */
    @FunctionalInterface
    interface Reader {
        void read(ColumnBuilder column, SqlRow row);
    }

    /** Evaluates aggregates of each column over a relation. */
    void run(List<ColumnBuilder> columns, String from, Function<ColumnBuilder, String> aggregates, Reader reader) {
        over(columns, part -> from, aggregates, reader);
    }

    /**
     * As {@link #run}, over values that are computed once.
     *
     * @param values expressions with their names, parted by commas
     */
    void runOver(
            List<ColumnBuilder> columns,
            Function<ColumnBuilder, String> values,
            Function<ColumnBuilder, String> aggregates,
            Reader reader) {
        over(
                columns,
                part -> "(SELECT "
                        + String.join(", ", part.stream().map(values).toList())
                        + " FROM " + ProfileSession.DATA + ")",
                aggregates,
                reader);
    }

    private void over(
            List<ColumnBuilder> columns,
            Function<List<ColumnBuilder>, String> from,
            Function<ColumnBuilder, String> aggregates,
            Reader reader) {
        for (int start = 0; start < columns.size(); start += COLUMNS_AT_ONCE) {
            session.report(stage, start, columns.size());
            List<ColumnBuilder> part = columns.subList(start, Math.min(columns.size(), start + COLUMNS_AT_ONCE));
            List<String> expressions = new ArrayList<>();
            part.forEach(column -> expressions.add(aggregates.apply(column)));
            SqlRow row = session.row("SELECT " + String.join(", ", expressions) + " FROM " + from.apply(part));
            part.forEach(column -> reader.read(column, row));
        }
    }
}
