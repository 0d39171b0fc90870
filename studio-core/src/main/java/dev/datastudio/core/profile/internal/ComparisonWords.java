package dev.datastudio.core.profile.internal;

import dev.datastudio.core.profile.ColumnDetails;
import dev.datastudio.core.profile.DatasetProfile;
import dev.datastudio.core.profile.NumberDetails;
import dev.datastudio.core.profile.ProfileAlert;
import dev.datastudio.core.profile.ProfileAlert.Kind;
import dev.datastudio.core.profile.ProfileAlert.Severity;
import dev.datastudio.core.profile.ProfileComparison.ColumnShift;
import dev.datastudio.core.profile.ProfileComparison.TypeChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What changed between two data sets, in words. */
final class ComparisonWords {
    private static final double SHIFT = 0.25;
    private static final double SOME_SHIFT = 0.1;
    private static final double KS_SHIFT = 0.1;
    private static final double MUCH_MISSING = 0.2;
    private static final double SOME_MISSING = 0.02;
    private static final double MANY_ROWS = 0.5;

    private ComparisonWords() {}

    static List<ProfileAlert> findings(
            DatasetProfile now,
            DatasetProfile before,
            List<String> added,
            List<String> removed,
            List<TypeChange> types,
            List<ColumnShift> shifts) {
        List<ProfileAlert> findings = new ArrayList<>();
        removed.forEach(name -> findings.add(alert(
                Kind.COLUMN_REMOVED,
                Severity.HIGH,
                name,
                "Column " + quote(name) + " is not there any more.",
                Map.of())));
        types.forEach(change -> findings.add(alert(
                Kind.TYPE_CHANGED,
                Severity.HIGH,
                change.column(),
                "Column " + quote(change.column()) + " was " + Words.of(change.older()) + " and is "
                        + Words.of(change.newer()) + " now.",
                Map.of())));
        rows(now.overview().rows(), before.overview().rows()).ifPresent(findings::add);
        shifts.forEach(shift -> {
            distribution(shift).ifPresent(findings::add);
            missing(shift).ifPresent(findings::add);
            values(shift, findings);
        });
        added.forEach(name -> findings.add(
                alert(Kind.COLUMN_ADDED, Severity.LOW, name, "Column " + quote(name) + " is new.", Map.of())));
        findings.sort(Comparator.comparing(ProfileAlert::severity));
        return findings;
    }

    private static Optional<ProfileAlert> rows(long now, long before) {
        if (now == before) {
            return Optional.empty();
        }
        double change = before == 0 ? 1 : (double) (now - before) / before;
        return Optional.of(new ProfileAlert(
                Kind.ROWS_CHANGED,
                change <= -MANY_ROWS ? Severity.HIGH : Math.abs(change) >= MANY_ROWS ? Severity.MEDIUM : Severity.LOW,
                List.of(),
                "There are " + Figures.plural(now, "row") + " instead of " + Figures.count(before) + " ("
                        + signedPercent(change) + ").",
                Map.of("change", change)));
    }

    private static Optional<ProfileAlert> distribution(ColumnShift shift) {
        double stability = shift.populationStability();
        boolean moved = stability >= SOME_SHIFT || shift.kolmogorovSmirnov() >= KS_SHIFT;
        if (!moved) {
            return Optional.empty();
        }
        StringBuilder words = new StringBuilder(quote(shift.column())).append(" is distributed otherwise (PSI ");
        words.append(two(stability));
        if (!Double.isNaN(shift.kolmogorovSmirnov())) {
            words.append(", KS ").append(two(shift.kolmogorovSmirnov()));
        } else {
            words.append(", total variation ").append(two(shift.totalVariation()));
        }
        words.append(')').append(means(shift.newer(), shift.older())).append('.');
        return Optional.of(alert(
                Kind.DISTRIBUTION_CHANGED,
                stability >= SHIFT ? Severity.HIGH : Severity.MEDIUM,
                shift.column(),
                words.toString(),
                Map.of("populationStability", stability)));
    }

    private static String means(ColumnDetails newer, ColumnDetails older) {
        if (newer.numbers().isEmpty() || older.numbers().isEmpty()) {
            return "";
        }
        NumberDetails now = newer.numbers().get();
        NumberDetails before = older.numbers().get();
        return ": mean " + Figures.number(before.mean()) + " → " + Figures.number(now.mean()) + ", median "
                + Figures.number(before.median()) + " → " + Figures.number(now.median());
    }

    private static Optional<ProfileAlert> missing(ColumnShift shift) {
        double change = shift.newer().missingShare() - shift.older().missingShare();
        if (Math.abs(change) < SOME_MISSING) {
            return Optional.empty();
        }
        return Optional.of(alert(
                Kind.MISSING_CHANGED,
                change >= MUCH_MISSING ? Severity.HIGH : change > 0 ? Severity.MEDIUM : Severity.LOW,
                shift.column(),
                quote(shift.column()) + " lacks "
                        + Figures.percent(shift.newer().missingShare()) + " of its values instead of "
                        + Figures.percent(shift.older().missingShare()) + ".",
                Map.of("change", change)));
    }

    private static void values(ColumnShift shift, List<ProfileAlert> findings) {
        // Where nearly each row has a value of its own, new values are no news.
        boolean names = shift.newer().distinct() * 2 > shift.newer().count();
        if (shift.newValues() > 0 && !names) {
            findings.add(alert(
                    Kind.NEW_VALUES,
                    Severity.MEDIUM,
                    shift.column(),
                    quote(shift.column()) + " has " + Figures.plural(shift.newValues(), "new value") + ": "
                            + list(shift.newExamples(), shift.newValues()) + ".",
                    Map.of("values", (double) shift.newValues())));
        }
        if (shift.vanishedValues() > 0 && !names) {
            findings.add(alert(
                    Kind.VANISHED_VALUES,
                    Severity.LOW,
                    shift.column(),
                    quote(shift.column()) + " has lost " + Figures.plural(shift.vanishedValues(), "value") + ": "
                            + list(shift.vanishedExamples(), shift.vanishedValues()) + ".",
                    Map.of("values", (double) shift.vanishedValues())));
        }
    }

    private static String list(List<String> examples, long count) {
        String names =
                String.join(", ", examples.stream().map(ComparisonWords::quote).toList());
        return names + (count > examples.size() ? " and others" : "");
    }

    private static ProfileAlert alert(
            Kind kind, Severity severity, String column, String message, Map<String, Double> evidence) {
        return new ProfileAlert(kind, severity, List.of(column), message, evidence);
    }

    private static String quote(String value) {
        return "'" + Words.cut(value, 60) + "'";
    }

    private static String two(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.2f", value);
    }

    private static String signedPercent(double share) {
        return String.format(Locale.ROOT, "%+.1f%%", share * 100);
    }
}
