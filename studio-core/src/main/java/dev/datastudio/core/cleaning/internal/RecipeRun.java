package dev.datastudio.core.cleaning.internal;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.cleaning.CellChange;
import dev.datastudio.core.cleaning.CleaningStep;
import dev.datastudio.core.cleaning.RowExample;
import dev.datastudio.core.cleaning.RowExample.Fate;
import dev.datastudio.core.cleaning.StepEffect;
import dev.datastudio.core.cleaning.internal.StepSql.Change;
import dev.datastudio.core.cleaning.internal.StepSql.Order;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the steps of a recipe one after the other and measures what each does. A step is a table expression over the
 * one before, so that all of them are one statement. To measure a step, only few steps before it are computed: the rows
 * are stored again and again, so that the work grows with the number of steps and not with its square. Rows carry their
 * number from the first step on, by which they are put in order where a step loses it. Not thread-safe.
 */
public final class RecipeRun implements AutoCloseable {
    private static final int SHOWN = 200;

    /** After so many steps rows are stored: storing costs about as much as computing some steps again. */
    private static final int MOST_RECENT = 4;

    private final CleaningSession session;
    private final Dataset dataset;
    private final Fragment row;

    /** All steps, and those since rows were stored. */
    private final List<Fragment> expressions = new ArrayList<>();

    private final List<Fragment> recent = new ArrayList<>();
    private final List<StepEffect> effects = new ArrayList<>();
    private List<InputColumn> columns;
    private long rowCount;
    private Order order = Order.KEPT;

    private RecipeRun(CleaningSession session, Dataset dataset) {
        this.session = session;
        this.dataset = dataset;
        this.row = Fragment.name(rowName(dataset));
        this.rowCount = dataset.rowCount();
        this.columns = session.columns(Fragment.of("SELECT * FROM " + CleaningStep.TABLE));
        add(Fragment.of("SELECT *, row_number() OVER () AS ", row, " FROM " + CleaningStep.TABLE));
    }

    /** A run over a data set whose rows are in a file. */
    public static RecipeRun open(Dataset dataset, Path file, Cancellation cancellation) {
        CleaningSession session = CleaningSession.open(dataset, file, cancellation);
        try {
            return new RecipeRun(session, dataset);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** Names of columns have no blank at their end, so none that a step adds can be this one. */
    private static String rowName(Dataset dataset) {
        String name = "row ";
        while (dataset.findColumn(name).isPresent()) {
            name += " ";
        }
        return name;
    }

    private void add(Fragment select) {
        Fragment expression = Fragment.of("step_" + expressions.size() + " AS NOT MATERIALIZED (", select, ")");
        expressions.add(expression);
        recent.add(expression);
    }

    /** Stores the rows after the last step, so that the next ones are measured from there. */
    private void keep() {
        String kept = session.keep(query(Fragment.of("SELECT * FROM ", table())));
        recent.clear();
        recent.add(Fragment.of(table(), " AS NOT MATERIALIZED (SELECT * FROM " + kept + ")"));
    }

    private Fragment table() {
        return Fragment.of("step_" + (expressions.size() - 1));
    }

    /** A query over the rows after the last step. */
    private Fragment query(Fragment select) {
        return with(recent, select);
    }

    private static Fragment with(List<Fragment> expressions, Fragment select) {
        return Fragment.of("WITH ", Fragment.join(",\n", expressions), "\n", select);
    }

    /**
     * Takes one more step.
     *
     * @param recorded statistics to work with; those that are not there are computed
     * @param examples how many rows are shown
     */
    public void step(CleaningStep step, Map<String, Constant> recorded, int examples) {
        int number = effects.size() + 1;
        try {
            take(step, recorded, examples);
        } catch (StudioException e) {
            if (e.code() == ErrorCode.CANCELLED || e.code().name().startsWith("STORAGE_")) {
                throw e;
            }
            throw new StudioException(
                    e.code(), "Step " + number + " (" + StepJson.kind(step) + "): " + e.what(), e.mend(), e);
        }
    }

    private void take(CleaningStep step, Map<String, Constant> recorded, int examples) {
        if (recent.size() > MOST_RECENT) {
            keep();
        }
        StepFacts facts = new StepFacts(select -> session.rows(query(select)), recorded);
        StepInput input = new StepInput(table(), columns, row, dataset);
        StepSql sql = new StepCompiler(input, facts).compile(step);
        List<Long> counts = counts(sql);
        long left = counts.get(0);
        if (left == 0) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "No row is left", "Loosen the condition, or leave the step out");
        }
        List<RowExample> shown = examples == 0 ? List.of() : examples(sql, examples);
        Measured measured = new Measured(rowCount, left, counts.get(1), counts.get(2), facts.used());
        effects.add(new StepEffect(
                step,
                StepWords.done(step, measured),
                rowCount,
                left,
                measured.cells(),
                measured.lost(),
                facts.used(),
                shown));
        add(sql.select(row));
        order = sql.order() == Order.LOST ? Order.LOST : order;
        columns = session.columns(query(Fragment.of("SELECT * EXCLUDE (", row, ") FROM ", table())));
        rowCount = left;
    }

    /** Rows that stay, cells that change, values that get lost. */
    private List<Long> counts(StepSql sql) {
        List<Fragment> parts = new ArrayList<>(List.of(Fragment.of(sql.keep(), " AS kept")));
        List<String> changed = new ArrayList<>(List.of("0"));
        List<String> lost = new ArrayList<>(List.of("0"));
        for (int i = 0; i < sql.changes().size(); i++) {
            parts.addAll(beforeAndAfter(sql.changes().get(i), i));
            String there = "count(*) FILTER (WHERE kept AND b" + i;
            changed.add(there + " IS DISTINCT FROM a" + i + ")");
            lost.add(there + " IS NOT NULL AND a" + i + " IS NULL)");
        }
        String head =
                "SELECT count(*) FILTER (WHERE kept), " + String.join(" + ", changed) + ", " + String.join(" + ", lost);
        return session.counts(
                query(Fragment.of(head, " FROM (SELECT ", Fragment.join(", ", parts), " FROM ", sql.from(), ")")));
    }

    private static List<Fragment> beforeAndAfter(Change change, int index) {
        return List.of(
                Fragment.of("CAST(", change.before(), " AS VARCHAR) AS b" + index),
                Fragment.of("CAST(", change.after(), " AS VARCHAR) AS a" + index));
    }

    private List<RowExample> examples(StepSql sql, int count) {
        List<RowExample> shown = new ArrayList<>();
        if (!sql.keep().equals(Fragment.TRUE)) {
            shown.addAll(removed(sql, count));
        }
        if (!sql.changes().isEmpty()) {
            shown.addAll(changed(sql, count - shown.size()));
        }
        return shown;
    }

    private List<RowExample> removed(StepSql sql, int count) {
        List<Fragment> parts = new ArrayList<>(List.of(row));
        columns.forEach(c -> parts.add(Fragment.of("CAST(", c.sql(), " AS VARCHAR)")));
        Fragment select = Fragment.of(
                Fragment.of("SELECT ", Fragment.join(", ", parts), " FROM ", sql.from()),
                Fragment.of(" WHERE NOT ", Fragment.of("(", sql.keep(), ") ORDER BY ", row, " LIMIT " + count)));
        List<RowExample> examples = new ArrayList<>();
        for (@Nullable Object[] found : session.rows(query(select))) {
            List<CellChange> cells = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                cells.add(new CellChange(columns.get(i).name(), shown(found[i + 1]), Optional.empty()));
            }
            examples.add(new RowExample(number(found), Fate.REMOVED, cells));
        }
        return examples;
    }

    private List<RowExample> changed(StepSql sql, int count) {
        List<Fragment> parts = new ArrayList<>(List.of(row));
        List<String> different = new ArrayList<>();
        for (int i = 0; i < sql.changes().size(); i++) {
            parts.addAll(beforeAndAfter(sql.changes().get(i), i));
            different.add("b" + i + " IS DISTINCT FROM a" + i);
        }
        Fragment inner = Fragment.of(
                Fragment.of("(SELECT ", Fragment.join(", ", parts), " FROM ", sql.from()),
                Fragment.of(" WHERE ", sql.keep(), ")"));
        Fragment select = Fragment.of(
                Fragment.of("SELECT * FROM ", inner, " WHERE " + String.join(" OR ", different)),
                Fragment.of(" ORDER BY ", row, " LIMIT " + count));
        List<RowExample> examples = new ArrayList<>();
        for (@Nullable Object[] found : session.rows(query(select))) {
            examples.add(new RowExample(number(found), Fate.CHANGED, cells(sql.changes(), found)));
        }
        return examples;
    }

    private static List<CellChange> cells(List<Change> changes, @Nullable Object[] found) {
        List<CellChange> cells = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            Optional<String> before = shown(found[2 * i + 1]);
            Optional<String> after = shown(found[2 * i + 2]);
            if (!before.equals(after)) {
                cells.add(new CellChange(changes.get(i).column(), before, after));
            }
        }
        return cells;
    }

    private static long number(@Nullable Object[] found) {
        return found[0] instanceof Number number ? number.longValue() : 0;
    }

    private static Optional<String> shown(@Nullable Object value) {
        if (value == null) {
            return Optional.empty();
        }
        String text = value.toString();
        return Optional.of(text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…");
    }

    /** Tells how many steps are done. */
    public void report(ProgressListener progress, int done, int total) {
        progress.onProgress(new Progress("cleaning", done, total, "steps"));
    }

    /** What the steps did. */
    public List<StepEffect> effects() {
        return List.copyOf(effects);
    }

    /** The names of the columns after the last step. */
    public List<String> columns() {
        return columns.stream().map(InputColumn::name).toList();
    }

    /** How many rows the last step left. */
    public long rowCount() {
        return rowCount;
    }

    /**
     * All steps as one statement over the table {@code source}. Immutable.
     *
     * @param rows how many rows it gives
     */
    public record Statement(String sql, List<Object> parameters, long rows) {
        public Statement {
            parameters = List.copyOf(parameters);
        }
    }

    /** The steps up to now as one statement, its rows in the order of the data set. */
    public Statement statement() {
        Fragment ordered = order == Order.LOST ? Fragment.of(" ORDER BY ", row) : Fragment.of("");
        Fragment sql = with(expressions, Fragment.of("SELECT * EXCLUDE (", row, ") FROM ", table(), ordered));
        return new Statement(sql.sql(), sql.parameters(), rowCount);
    }

    @Override
    public void close() {
        session.close();
    }
}
