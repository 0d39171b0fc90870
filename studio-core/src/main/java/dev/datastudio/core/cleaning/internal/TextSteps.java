package dev.datastudio.core.cleaning.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.cleaning.CleaningStep;
import dev.datastudio.core.cleaning.internal.StepSql.Output;
import java.util.ArrayList;
import java.util.List;

/** Steps on texts. Not thread-safe. */
final class TextSteps {
    /** Blanks of every kind, line breaks and tabs. */
    static final String BLANKS = "[\\s\\p{Z}]+";

    private final StepInput input;

    TextSteps(StepInput input) {
        this.input = input;
    }

    StepSql clean(CleaningStep.CleanText clean) {
        clean.columns().forEach(input::texts);
        List<Output> changed = new ArrayList<>();
        for (InputColumn column : input.columns(clean.columns(), c -> c.type() == ColumnType.TEXT)) {
            Fragment value = column.sql();
            for (CleaningStep.TextChange change : clean.changes()) {
                value = changed(value, change);
            }
            changed.add(new Output(column.name(), value));
        }
        return StepSql.changing(input, changed);
    }

    private static Fragment changed(Fragment value, CleaningStep.TextChange change) {
        return switch (change) {
            case STRIP -> stripped(value);
            case COLLAPSE_BLANKS -> Fragment.of("regexp_replace(", value, ", '" + BLANKS + "', ' ', 'g')");
            case LOWER_CASE -> Fragment.of("lower(", value, ")");
            case UPPER_CASE -> Fragment.of("upper(", value, ")");
            case BLANK_TO_MISSING -> Fragment.of("CASE WHEN ", stripped(value), " <> '' THEN ", value, " END");
        };
    }

    /** Without blanks of any kind around it. */
    static Fragment stripped(Fragment value) {
        return Fragment.of("regexp_replace(", value, ", '^" + BLANKS + "|" + BLANKS + "$', '', 'g')");
    }

    StepSql split(CleaningStep.SplitColumn split) {
        InputColumn column = input.texts(split.column());
        Fragment separator = Fragment.text(split.separator());
        Fragment parts = Fragment.of("string_split(", column.sql(), ", ", separator, ")");
        List<Output> added = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= split.into().size(); i++) {
            String name = input.fresh(split.into().get(i - 1), names);
            names.add(name);
            String part = "[" + i + "]";
            String rest = "[" + i + ":]";
            boolean last = i == split.into().size();
            Fragment value = last
                    ? Fragment.of(
                            Fragment.of("CASE WHEN len(", parts, ") >= " + i),
                            Fragment.of(" THEN array_to_string((", parts, ")" + rest + ", ", separator, ") END"))
                    : Fragment.of("(", parts, ")" + part);
            added.add(new Output(name, value));
        }
        return StepSql.adding(input, added);
    }

    StepSql standardise(CleaningStep.StandardiseCategories step) {
        InputColumn column = input.texts(step.column());
        Fragment name = column.sql();
        List<Fragment> cases = new ArrayList<>();
        for (CleaningStep.Category category : step.categories()) {
            List<Fragment> spellings = new ArrayList<>();
            spellings.add(alike(Fragment.text(category.name())));
            category.spellings().forEach(s -> spellings.add(alike(Fragment.text(s))));
            cases.add(Fragment.of(
                    Fragment.of(" WHEN ", alike(name), " IN (", Fragment.join(", ", spellings), ") THEN "),
                    Fragment.text(category.name())));
        }
        Fragment after = Fragment.of("CASE", Fragment.join("", cases), " ELSE ", name, " END");
        return StepSql.changing(input, List.of(new Output(column.name(), after)));
    }

    /** A text in the form that spellings are compared in. */
    static Fragment alike(Fragment value) {
        return Fragment.of("lower(regexp_replace(", stripped(value), ", '" + BLANKS + "', ' ', 'g'))");
    }
}
