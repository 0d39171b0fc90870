package dev.datastudio.core.profile.internal;

import dev.datastudio.core.profile.ProfileAlert;
import dev.datastudio.core.profile.ProfileAlert.Kind;
import dev.datastudio.core.profile.ProfileAlert.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Alerts of one kind and one severity. Many of them are told as one, so that thirty skewed columns don't hide the one
 * that is empty. Immutable.
 *
 * @param alerts at least one, the most important first
 */
record AlertGroup(List<ProfileAlert> alerts) {
    private static final int MANY = 4;

    AlertGroup {
        alerts = List.copyOf(alerts);
    }

    private record Key(Severity severity, Kind kind) {}

    /** The groups, each where its first alert stood. */
    static List<AlertGroup> of(List<ProfileAlert> alerts) {
        Map<Key, List<ProfileAlert>> byKind = new LinkedHashMap<>();
        for (ProfileAlert alert : alerts) {
            byKind.computeIfAbsent(new Key(alert.severity(), alert.kind()), key -> new ArrayList<>())
                    .add(alert);
        }
        List<AlertGroup> groups = new ArrayList<>();
        for (List<ProfileAlert> group : byKind.values()) {
            if (group.size() >= MANY) {
                groups.add(new AlertGroup(group));
            } else {
                group.forEach(alert -> groups.add(new AlertGroup(List.of(alert))));
            }
        }
        return groups;
    }

    Severity severity() {
        return alerts.get(0).severity();
    }

    boolean isOne() {
        return alerts.size() == 1;
    }

    /** What they have in common and whom it is about. */
    String summary(int named) {
        if (isOne()) {
            return alerts.get(0).message();
        }
        List<String> names = alerts.stream().limit(named).map(AlertGroup::name).toList();
        int others = alerts.size() - names.size();
        return Figures.count(alerts.size()) + " " + words(alerts.get(0).kind()) + ": " + String.join(", ", names)
                + (others == 0 ? "." : " and " + Figures.count(others) + " more.");
    }

    private static String words(Kind kind) {
        return switch (kind) {
            case EMPTY_COLUMN -> "columns have no value at all";
            case CONSTANT -> "columns have one value only";
            case NEAR_CONSTANT -> "columns have nearly always the same value";
            case MISSING -> "columns lack values";
            case KEY -> "columns are different in each row, so each can be a key";
            case HIGH_CARDINALITY -> "columns of text have so many values that grouping by them tells little";
            case SKEWED -> "columns are very skewed (skewness)";
            case OUTLIERS -> "columns have many outliers";
            case ZEROS -> "columns are often 0";
            case CORRELATED -> "pairs of columns go together";
            case DETERMINED -> "times one column determines another";
            case SAME_VALUES -> "pairs of columns say the same";
            case TIME_GAPS -> "columns of time have gaps";
            case UNTIDY_TEXT -> "columns of text are untidy";
            case TEXT_PATTERN -> "columns of text follow a pattern";
            case ORDERED -> "columns rise or fall from row to row";
            case COLUMN_ADDED -> "columns are new";
            case COLUMN_REMOVED -> "columns are not there any more";
            case TYPE_CHANGED -> "columns have another type now";
            case MISSING_CHANGED -> "columns lack more or fewer values than before";
            case DISTRIBUTION_CHANGED -> "columns are distributed otherwise";
            case NEW_VALUES -> "columns have new values";
            case VANISHED_VALUES -> "columns have lost values";
            case DUPLICATE_ROWS, ROWS_CHANGED -> "changes of rows";
        };
    }

    private static String name(ProfileAlert alert) {
        String joint = alert.kind() == Kind.DETERMINED ? " → " : " and ";
        String names = String.join(
                joint,
                alert.columns().stream()
                        .map(name -> "'" + Words.cut(name, 40) + "'")
                        .toList());
        return names + figure(alert);
    }

    private static String figure(ProfileAlert alert) {
        Map<String, Double> evidence = alert.evidence();
        if (evidence.containsKey("share")) {
            return " (" + Figures.percent(evidence.get("share")) + ")";
        }
        return switch (alert.kind()) {
            case SKEWED -> " (" + decimals(evidence.getOrDefault("skewness", Double.NaN), "%.1f") + ")";
            case CORRELATED -> " (" + decimals(evidence.getOrDefault("value", Double.NaN), "%.2f") + ")";
            default -> "";
        };
    }

    private static String decimals(double value, String format) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
    }
}
