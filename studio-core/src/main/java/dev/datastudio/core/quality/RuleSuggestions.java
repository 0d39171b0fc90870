package dev.datastudio.core.quality;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.profile.ColumnDetails;
import dev.datastudio.core.profile.ColumnDetails.ValueCount;
import dev.datastudio.core.profile.DatasetProfile;
import dev.datastudio.core.profile.NumberDetails;
import dev.datastudio.core.profile.TextPatterns;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Rules that a data set keeps today and probably should keep tomorrow, read off its profile. Stateless. */
public final class RuleSuggestions {
    private static final int FEW_VALUES = 20;
    private static final long ENOUGH_ROWS = 50;
    private static final double HALF = 0.5;

    private RuleSuggestions() {}

    /**
     * A rule and why it is suggested. Immutable.
     *
     * @param rule to be saved as it is, or changed
     * @param reason a sentence
     */
    public record Suggestion(QualityRule rule, String reason) {
        public Suggestion {
            Objects.requireNonNull(rule, "rule");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** Suggestions for the data set of a profile, in the order of its columns; those about all rows last. */
    public static List<Suggestion> from(DatasetProfile profile) {
        List<Suggestion> suggestions = new ArrayList<>();
        profile.columns().forEach(column -> suggest(profile.name(), column, suggestions));
        profile.keys().stream()
                .filter(key -> key.columns().size() > 1)
                .forEach(key -> add(
                        suggestions,
                        profile.name(),
                        new QualityCheck.Unique(key.columns()),
                        Severity.WARNING,
                        "No two rows are equal in " + String.join(" and ", key.columns()) + "."));
        add(
                suggestions,
                profile.name(),
                new QualityCheck.RowCount(HALF, 1),
                Severity.INFO,
                "A version with half or twice the rows is rarely meant.");
        return suggestions;
    }

    private static void suggest(String dataset, ColumnDetails column, List<Suggestion> to) {
        if (column.isEmpty()) {
            return;
        }
        String name = "'" + column.name() + "'";
        boolean essential = column.role() == ColumnRole.ID || column.role() == ColumnRole.TIME;
        if (column.missing() == 0) {
            add(
                    to,
                    dataset,
                    new QualityCheck.NotNull(column.name()),
                    essential || column.isKey() ? Severity.ERROR : Severity.WARNING,
                    name + " has a value in each row.");
        }
        if (column.isKey() && column.role() != ColumnRole.MEASURE && column.rows() > 1) {
            add(
                    to,
                    dataset,
                    new QualityCheck.Unique(List.of(column.name())),
                    Severity.ERROR,
                    name + " is different in each row.");
        }
        column.numbers().ifPresent(numbers -> range(dataset, column, numbers, to));
        if (column.type() == ColumnType.TEXT) {
            texts(dataset, column, to);
        }
    }

    private static void range(String dataset, ColumnDetails column, NumberDetails numbers, List<Suggestion> to) {
        boolean percent = column.unit().equals(Column.PERCENT) && numbers.max() <= 100;
        if (column.role() == ColumnRole.MEASURE && numbers.negatives() == 0) {
            add(
                    to,
                    dataset,
                    new QualityCheck.Range(column.name(), 0, percent ? 100 : Double.POSITIVE_INFINITY),
                    Severity.WARNING,
                    "'" + column.name() + "' is never negative" + (percent ? " and never above 100%." : "."));
        }
    }

    private static void texts(String dataset, ColumnDetails column, List<Suggestion> to) {
        boolean few = column.distinct() <= Math.min(FEW_VALUES, column.top().size());
        if (few && column.count() >= ENOUGH_ROWS) {
            add(
                    to,
                    dataset,
                    new QualityCheck.AllowedValues(
                            column.name(),
                            column.top().stream().map(ValueCount::value).toList()),
                    Severity.WARNING,
                    "'" + column.name() + "' has " + column.distinct() + " different values only.");
        }
        column.texts().stream()
                .flatMap(texts -> texts.patterns().stream())
                .filter(pattern -> pattern.share() == 1)
                .findFirst()
                .flatMap(pattern -> TextPatterns.regex(pattern.name())
                        .map(regex -> new Suggestion(
                                QualityRule.of(
                                        dataset, new QualityCheck.Pattern(column.name(), regex), Severity.WARNING),
                                "'" + column.name() + "' looks like " + pattern.name() + " in each row looked at.")))
                .ifPresent(to::add);
    }

    private static void add(List<Suggestion> to, String dataset, QualityCheck check, Severity severity, String reason) {
        to.add(new Suggestion(QualityRule.of(dataset, check, severity), reason));
    }
}
