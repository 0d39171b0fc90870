package dev.datastudio.core.cleaning.internal;

import static dev.datastudio.core.cleaning.internal.StepWords.quote;
import static dev.datastudio.core.cleaning.internal.StepWords.values;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.cleaning.CleaningStep;
import dev.datastudio.core.cleaning.CleaningStep.Category;
import dev.datastudio.core.cleaning.CleaningStep.ChangeType;
import dev.datastudio.core.cleaning.CleaningStep.Misfits;
import dev.datastudio.core.cleaning.CleaningStep.Replacement;
import dev.datastudio.core.cleaning.CleaningStep.TextChange;
import dev.datastudio.core.cleaning.CleaningSuggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what a column of texts may need. Not thread-safe; one for each column. */
final class TextSuggestions {
    /** Texts that people write for a value that is not there, in lower case. */
    private static final String PLACEHOLDERS =
            "('n/a', 'na', '#n/a', 'null', '(null)', 'nil', 'none', 'nan', '-', '--', '?', 'missing')";

    private static final double MOST = 0.9;
    private static final long DIFFERENT = 5_000;
    private static final int SHOWN = 50;
    /** The ways to read a text, those that lose least first. */
    private static final List<ChangeType> READINGS = List.of(
            reading(ColumnType.INTEGER, ""),
            reading(ColumnType.DECIMAL, ""),
            reading(ColumnType.DECIMAL, "1.234,5"),
            reading(ColumnType.DATE, ""),
            reading(ColumnType.DATE, "%d.%m.%Y"),
            reading(ColumnType.DATE, "%d/%m/%Y"),
            reading(ColumnType.DATE, "%m/%d/%Y"),
            reading(ColumnType.TIMESTAMP, ""),
            reading(ColumnType.BOOLEAN, ""));

    private final CleaningSession session;
    private final Column column;
    private final Fragment name;
    private final List<CleaningSuggestion> found = new ArrayList<>();

    TextSuggestions(CleaningSession session, Column column) {
        this.session = session;
        this.column = column;
        this.name = Fragment.name(column.name());
    }

    private static ChangeType reading(ColumnType type, String format) {
        return new ChangeType("column", type, format, Misfits.MISSING);
    }

    List<CleaningSuggestion> find() {
        blanks();
        placeholders();
        if (!type()) {
            categories();
        }
        return found;
    }

    private void add(CleaningStep step, String reason) {
        found.add(new CleaningSuggestion(step, "Column " + quote(column.name()) + " has " + reason));
    }

    private void blanks() {
        Fragment stripped = TextSteps.stripped(name);
        List<Long> counts = session.counts(Fragment.of(
                Fragment.of("SELECT count(*) FILTER (WHERE ", stripped, " <> ", name, " AND ", stripped, " <> ''),"),
                Fragment.of(" count(*) FILTER (WHERE ", stripped, " = '') FROM " + CleaningStep.TABLE)));
        long around = counts.get(0);
        long blank = counts.get(1);
        if (around + blank == 0) {
            return;
        }
        List<TextChange> changes = new ArrayList<>(List.of(TextChange.STRIP));
        if (blank > 0) {
            changes.add(TextChange.BLANK_TO_MISSING);
        }
        add(
                new CleaningStep.CleanText(List.of(column.name()), changes),
                values(around, "text") + " with blanks around and " + values(blank, "blank text") + ".");
    }

    private void placeholders() {
        List<Replacement> replacements = new ArrayList<>();
        long count = 0;
        for (@Nullable
        Object[] row : session.rows(Fragment.of(
                Fragment.of("SELECT ", name, ", count(*) FROM " + CleaningStep.TABLE + " WHERE ", placeholder()),
                Fragment.of(" GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT " + SHOWN)))) {
            replacements.add(new Replacement(new Constant(String.valueOf(row[0])), Optional.empty()));
            count += count(row[1]);
        }
        if (!replacements.isEmpty()) {
            add(
                    new CleaningStep.ReplaceValues(column.name(), replacements),
                    values(count, "text") + " that people write where there is no value.");
        }
    }

    private Fragment placeholder() {
        return Fragment.of("lower(", TextSteps.stripped(name), ") IN " + PLACEHOLDERS);
    }

    /** Whether nearly all texts can be read as something else. */
    private boolean type() {
        InputColumn input = new InputColumn(column.name(), ColumnType.TEXT, "VARCHAR");
        List<Fragment> parts = new ArrayList<>();
        parts.add(Fragment.of("count(*)"));
        READINGS.forEach(reading -> parts.add(Fragment.of("count(", TypeChanges.converted(input, reading), ")")));
        List<Long> counts = session.counts(Fragment.of(
                Fragment.of("SELECT ", Fragment.join(", ", parts), " FROM " + CleaningStep.TABLE),
                Fragment.of(" WHERE ", TextSteps.stripped(name), " <> '' AND NOT ", placeholder())));
        long texts = counts.get(0);
        int best = -1;
        for (int i = 0; i < READINGS.size(); i++) {
            best = counts.get(i + 1) > (best < 0 ? 0 : counts.get(best + 1)) ? i : best;
        }
        if (best < 0 || counts.get(best + 1) < MOST * texts || isAmbiguous(counts, best)) {
            return false;
        }
        ChangeType reading = READINGS.get(best);
        String format = reading.format().isEmpty() ? "" : " of the form " + quote(reading.format());
        add(
                new ChangeType(column.name(), reading.to(), reading.format(), Misfits.MISSING),
                StepWords.number(counts.get(best + 1)) + " of " + values(texts, "text") + " that can be read as "
                        + InputColumn.word(reading.to()) + format + ".");
        return true;
    }

    /** Whether another form of the same type reads as many: the third of April or the fourth of March. */
    private static boolean isAmbiguous(List<Long> counts, int best) {
        ChangeType reading = READINGS.get(best);
        for (int i = 0; i < READINGS.size(); i++) {
            boolean rival = i != best && READINGS.get(i).to() == reading.to();
            if (rival && reading.to() == ColumnType.DATE && counts.get(i + 1).equals(counts.get(best + 1))) {
                return true;
            }
        }
        return false;
    }

    private void categories() {
        if (column.distinctCount() > DIFFERENT) {
            return;
        }
        Fragment alike = TextSteps.alike(name);
        Fragment spellings = Fragment.of(
                Fragment.of("SELECT ", name, " AS spelling, ", alike, " AS alike, count(*) AS n FROM "),
                Fragment.of(CleaningStep.TABLE + " WHERE ", TextSteps.stripped(name), " <> '' GROUP BY 1, 2"));
        Fragment several = Fragment.of(
                Fragment.of("SELECT alike, spelling, n FROM (", spellings, ")"),
                " QUALIFY count(*) OVER (PARTITION BY alike) > 1 ORDER BY alike, n DESC, spelling");
        Map<String, List<String>> groups = new LinkedHashMap<>();
        long count = 0;
        for (@Nullable Object[] row : session.rows(several)) {
            List<String> group = groups.computeIfAbsent(String.valueOf(row[0]), key -> new ArrayList<>());
            count += group.isEmpty() ? 0 : count(row[2]);
            group.add(String.valueOf(row[1]));
        }
        if (!groups.isEmpty() && groups.size() <= SHOWN) {
            List<Category> categories = groups.values().stream()
                    .map(group -> new Category(group.get(0).strip(), group.subList(1, group.size())))
                    .toList();
            add(
                    new CleaningStep.StandardiseCategories(column.name(), categories),
                    values(count, "text") + " that differ from a more frequent one only in letter case or blanks.");
        }
    }

    private static long count(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0L;
    }
}
