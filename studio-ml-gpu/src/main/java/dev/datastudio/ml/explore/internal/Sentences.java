package dev.datastudio.ml.explore.internal;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.text.internal.OutsideText;
import dev.datastudio.ml.explore.Anomalies;
import dev.datastudio.ml.explore.Anomalies.Anomaly;
import dev.datastudio.ml.explore.Clusters;
import dev.datastudio.ml.explore.Clusters.Cluster;
import dev.datastudio.ml.explore.Clusters.Difference;
import dev.datastudio.ml.explore.Components;
import dev.datastudio.ml.explore.Components.Component;
import dev.datastudio.ml.explore.Exploration;
import dev.datastudio.ml.explore.Forecast;
import dev.datastudio.ml.explore.Forecast.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What was found, in words. Names and values of the data stand in quotes and on one line. */
public final class Sentences {
    private static final int MOST_CHARACTERS = 120;
    private static final int MOST_LOADINGS = 6;
    private static final int NAMING_COLUMNS = 3;

    private Sentences() {}

    /** All of it, the most important first; of a forecast without its values, which its chart has. */
    public static List<String> of(Dataset dataset, Exploration found) {
        if (found instanceof Clusters clusters) {
            return clusters(dataset, clusters);
        }
        if (found instanceof Components components) {
            return components(dataset, components);
        }
        if (found instanceof Anomalies anomalies) {
            return anomalies(dataset, anomalies);
        }
        if (found instanceof Forecast forecast) {
            return forecast(dataset, forecast);
        }
        throw new AssertionError(found);
    }

    private static List<String> clusters(Dataset dataset, Clusters found) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "Found %d groups among %d rows of %s, compared by %s.",
                found.clusters().size(),
                found.rows(),
                said(dataset.name()),
                names(found.columns())));
        lines.add(String.format(
                Locale.ROOT,
                "Silhouette: %.2f (from 0.7 on the groups are clear, below 0.25 there are none to speak of).",
                found.silhouette()));
        if (!found.tried().isEmpty()) {
            lines.add("Silhouettes of numbers of groups: "
                    + found.tried().entrySet().stream()
                            .map(each -> String.format(Locale.ROOT, "%d: %.2f", each.getKey(), each.getValue()))
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        lines.addAll(groups(found.clusters()));
        return lines;
    }

    /** A sentence a group: how large it is and what sets it apart. */
    static List<String> groups(List<Cluster> groups) {
        return groups.stream()
                .map(each -> String.format(
                                Locale.ROOT,
                                "Group %d: %d rows (%s): ",
                                each.number(),
                                each.rows(),
                                percent(each.share()))
                        + (each.apart().isEmpty()
                                ? "as all rows are on average"
                                : each.apart().stream().map(Sentences::apart).collect(Collectors.joining("; ")))
                        + ".")
                .toList();
    }

    private static String apart(Difference each) {
        String far = String.format(Locale.ROOT, "%+.1f standard deviations", each.standardized());
        return each.value().isEmpty()
                ? "mean " + said(each.column()) + " " + Summary.number(each.here()) + " where all have "
                        + Summary.number(each.all()) + ", " + far
                : said(each.column()) + " is " + said(each.value()) + " in " + percent(each.here()) + " where all have "
                        + percent(each.all()) + ", " + far;
    }

    private static List<String> components(Dataset dataset, Components found) {
        List<String> lines = new ArrayList<>();
        lines.add(found.components().size() + " principal components of "
                + found.features().size() + " features of "
                + said(dataset.name()) + " explain " + percent(found.explained()) + " of the variance of "
                + found.rows()
                + " rows.");
        lines.addAll(directions(found.components(), found.features()));
        return lines;
    }

    /** A sentence a component: how much it explains and what takes part. */
    static List<String> directions(List<Component> components, List<String> features) {
        return components.stream().map(each -> direction(each, features)).toList();
    }

    private static String direction(Component component, List<String> features) {
        String loadings = IntStream.range(0, features.size())
                .boxed()
                .sorted(Comparator.comparingDouble(
                                (Integer f) -> -Math.abs(component.loadings().get(f)))
                        .thenComparing(f -> f))
                .limit(MOST_LOADINGS)
                .map(f -> said(features.get(f))
                        + String.format(
                                Locale.ROOT, " %+.2f", component.loadings().get(f)))
                .collect(Collectors.joining(", "));
        return "Component " + component.number() + ": " + percent(component.share()) + ". Strongest loadings: "
                + loadings + ".";
    }

    private static List<String> anomalies(Dataset dataset, Anomalies found) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "Judged %d rows of %s by %s; %d have a score of %.3f or more and are called unusual.",
                found.rows(),
                said(dataset.name()),
                names(found.columns()),
                found.unusual(),
                found.threshold()));
        lines.add("Scores go from 0 to 1: about 0.5 for rows like most, towards 1 for rows that differ.");
        found.strangest().forEach(each -> lines.add(strange(each, found.columns())));
        return lines;
    }

    /**
     * A sentence a column: what is usual there. Without any row, since it is told wherever the model goes.
     *
     * @param usual by column
     */
    static List<String> usual(List<String> columns, Map<String, String> usual) {
        return columns.stream()
                .map(each -> "Usual in " + said(each) + ": "
                        + OutsideText.line(Objects.requireNonNull(usual.get(each), each), MOST_CHARACTERS) + ".")
                .toList();
    }

    private static String strange(Anomaly row, List<String> columns) {
        String name = row.values().entrySet().stream()
                .filter(each -> !columns.contains(each.getKey()))
                .limit(NAMING_COLUMNS)
                .map(each -> ", " + said(each.getKey()) + " " + said(each.getValue()))
                .collect(Collectors.joining());
        String reasons = row.reasons().isEmpty()
                ? "no single column explains it"
                : row.reasons().stream()
                        .map(each -> said(each.column()) + " is "
                                + (each.value().isEmpty() ? "missing" : said(each.value())) + " (usual: "
                                + said(each.usual()) + ")")
                        .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, "Row %d%s, score %.3f: %s.", row.row(), name, row.score(), reasons);
    }

    private static List<String> forecast(Dataset dataset, Forecast found) {
        Value first = found.past().get(0);
        Value last = found.past().get(found.past().size() - 1);
        return List.of(
                "Forecast of " + what(found) + " of " + said(dataset.name()) + " by " + said(found.timeColumn()) + ", "
                        + found.future().size() + " " + found.period().noun() + "s after "
                        + found.past().size() + " from "
                        + first.begin() + " to " + last.begin() + ".",
                "Method: " + found.method() + ". Mean error over past "
                        + found.period().noun()
                        + "s that were forecast from what was before: "
                        + found.tried().stream()
                                .map(each -> each.method() + " "
                                        + (Double.isNaN(each.error()) ? "not known" : Summary.number(each.error())))
                                .collect(Collectors.joining(", "))
                        + ".");
    }

    private static String what(Forecast found) {
        return switch (found.aggregation()) {
            case SUM -> "the sum of " + said(found.valueColumn());
            case MEAN -> "the mean of " + said(found.valueColumn());
            default -> "the number of rows";
        };
    }

    private static String names(List<String> columns) {
        return columns.stream().map(Sentences::said).collect(Collectors.joining(", "));
    }

    /** A name or value of the data, in quotes and on one line. */
    public static String said(String outside) {
        return "'" + OutsideText.line(outside, MOST_CHARACTERS) + "'";
    }

    /** A share as people write it. */
    public static String percent(double share) {
        return share > 0 && share < 0.001 ? "<0.1%" : Summary.number(Math.round(share * 1_000) / 10.0) + "%";
    }
}
