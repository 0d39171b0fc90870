package dev.datastudio.core.cleaning.internal;

import static dev.datastudio.core.cleaning.internal.StepWords.number;
import static dev.datastudio.core.cleaning.internal.StepWords.quote;
import static dev.datastudio.core.cleaning.internal.StepWords.values;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.cleaning.CleaningStep;
import dev.datastudio.core.cleaning.CleaningStep.Filling;
import dev.datastudio.core.cleaning.CleaningStep.Keep;
import dev.datastudio.core.cleaning.CleaningStep.Quantifier;
import dev.datastudio.core.cleaning.CleaningStep.Treatment;
import dev.datastudio.core.cleaning.CleaningSuggestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds steps that a data set may need: texts first, then columns, missing values, repeated rows and outliers. Not
 * thread-safe; one for each look.
 */
public final class Suggestions {
    /** Above this share of missing values a column tells little. */
    private static final double MOSTLY = 0.6;
    /** Up to this share rows with missing values are few enough to be removed. */
    private static final double FEW = 0.05;
    /** More different texts than these are no categories. */
    private static final long CATEGORIES = 50;
    /** With fewer different numbers the quartiles tell nothing of outliers. */
    private static final long NUMBERS = 10;

    private final Dataset dataset;
    private final CleaningSession session;
    private final List<CleaningSuggestion> found = new ArrayList<>();

    private Suggestions(Dataset dataset, CleaningSession session) {
        this.dataset = dataset;
        this.session = session;
    }

    /** The steps, in the order they are best done. */
    public static List<CleaningSuggestion> find(Dataset dataset, Path file, Cancellation cancellation) {
        try (CleaningSession session = CleaningSession.open(dataset, file, cancellation)) {
            Suggestions suggestions = new Suggestions(dataset, session);
            suggestions.look();
            return List.copyOf(suggestions.found);
        }
    }

    private void look() {
        for (Column column : dataset.columns()) {
            if (column.type() == ColumnType.TEXT && column.distinctCount() != 0) {
                found.addAll(new TextSuggestions(session, column).find());
            }
        }
        dataset.columns().forEach(this::idle);
        dataset.columns().forEach(this::missing);
        repeated();
        dataset.columns().forEach(this::outliers);
    }

    private void add(CleaningStep step, String reason) {
        found.add(new CleaningSuggestion(step, reason));
    }

    private void idle(Column column) {
        if (isIdle(column) && dataset.columns().size() > 1) {
            String what = column.distinctCount() == 0 ? " has no value." : " has the same value in each row.";
            add(new CleaningStep.DropColumns(List.of(column.name())), "Column " + quote(column.name()) + what);
        }
    }

    private boolean isIdle(Column column) {
        return dataset.rowCount() > 1
                && (column.distinctCount() == 0 || (column.distinctCount() == 1 && column.nullCount() == 0));
    }

    private void missing(Column column) {
        long count = column.nullCount();
        if (count == 0 || isIdle(column)) {
            return;
        }
        double share = (double) count / dataset.rowCount();
        String reason = "Column " + quote(column.name()) + " has no value in " + number(count) + " of "
                + values(dataset.rowCount(), "row") + String.format(Locale.ROOT, " (%.1f%%)", 100 * share);
        if (share > MOSTLY) {
            add(new CleaningStep.DropColumns(List.of(column.name())), reason + ", so it tells little.");
        } else if (column.type().isNumeric() && column.role() != ColumnRole.ID) {
            add(fill(column, Filling.Kind.MEDIAN), reason + "; the median is not moved by outliers.");
        } else if (isCategory(column)) {
            add(fill(column, Filling.Kind.MODE), reason + "; it has few different values.");
        } else if (share <= FEW) {
            add(
                    new CleaningStep.DropMissing(List.of(column.name()), Quantifier.ANY),
                    reason + "; so few rows can be done without.");
        }
    }

    private static boolean isCategory(Column column) {
        return column.type() == ColumnType.BOOLEAN
                || (column.type() == ColumnType.TEXT
                        && column.distinctCount() > 0
                        && column.distinctCount() <= CATEGORIES);
    }

    private static CleaningStep fill(Column column, Filling.Kind kind) {
        return new CleaningStep.FillMissing(column.name(), new Filling.Statistic(kind));
    }

    private void repeated() {
        long different = session.counts(
                        Fragment.of("SELECT count(*) FROM (SELECT DISTINCT * FROM " + CleaningStep.TABLE + ")"))
                .get(0);
        long repeated = dataset.rowCount() - different;
        if (repeated > 0) {
            add(
                    new CleaningStep.DropDuplicates(List.of(), Keep.FIRST),
                    number(repeated) + (repeated == 1 ? " row repeats" : " rows repeat")
                            + " another one in all columns.");
        }
    }

    private void outliers(Column column) {
        if (column.role() != ColumnRole.MEASURE || !column.type().isNumeric() || column.distinctCount() <= NUMBERS) {
            return;
        }
        Fragment value = Fragment.of("CAST(", Fragment.name(column.name()), " AS DOUBLE)");
        Fragment quartiles = Fragment.of(
                Fragment.of("SELECT quantile_cont(", value, ", 0.25) AS q, quantile_cont(", value, ", 0.75) AS r"),
                " FROM " + CleaningStep.TABLE);
        Detail.Outliers rule = Detail.Outliers.TUKEY;
        Fragment reach = Fragment.of(Fragment.number(rule.threshold()), " * (r - q)");
        List<@Nullable Object[]> rows = session.rows(Fragment.of(
                Fragment.of("SELECT count(*) FILTER (WHERE ", value, " < q - ", reach, " OR ", value),
                Fragment.of(" > r + ", reach, ") FROM " + CleaningStep.TABLE + ", (", quartiles, ")")));
        long count = rows.get(0)[0] instanceof Number number ? number.longValue() : 0L;
        if (count > 0) {
            add(
                    new CleaningStep.TreatOutliers(column.name(), rule, Treatment.CAP),
                    "Column " + quote(column.name()) + " has " + values(count, "value")
                            + " beyond 1.5 times the interquartile range from the quartiles; look at them first.");
        }
    }
}
