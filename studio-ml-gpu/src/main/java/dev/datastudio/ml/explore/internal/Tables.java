package dev.datastudio.ml.explore.internal;

import dev.datastudio.ml.explore.Anomalies;
import dev.datastudio.ml.explore.Anomalies.Anomaly;
import dev.datastudio.ml.explore.Clusters;
import dev.datastudio.ml.explore.Clusters.Cluster;
import dev.datastudio.ml.explore.Components;
import dev.datastudio.ml.explore.Components.Component;
import dev.datastudio.ml.explore.Exploration;
import dev.datastudio.ml.explore.Finding.Table;
import dev.datastudio.ml.explore.Forecast;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The numbers behind what was found, as people check them. */
public final class Tables {
    private static final MathContext DIGITS = new MathContext(6);

    private Tables() {}

    /** All of them, the most important first. */
    public static List<Table> of(Exploration found) {
        if (found instanceof Clusters clusters) {
            return List.of(groups(clusters));
        }
        if (found instanceof Components components) {
            return List.of(explained(components));
        }
        if (found instanceof Anomalies anomalies) {
            return List.of(strangest(anomalies));
        }
        if (found instanceof Forecast forecast) {
            return List.of(expected(forecast), methods(forecast));
        }
        throw new AssertionError(found);
    }

    /** A column a group, so that they stand side by side. */
    private static Table groups(Clusters found) {
        List<String> titles = new ArrayList<>(List.of("column"));
        found.clusters().forEach(each -> titles.add("group " + each.number()));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        rows.add(row("rows", found, each -> String.valueOf(each.rows())));
        rows.add(row("share of all", found, each -> Sentences.percent(each.share())));
        for (String column : found.columns()) {
            rows.add(row(column, found, each -> typical(each, column)));
        }
        return new Table("Means and most frequent values of the groups", titles, rows);
    }

    private static List<@Nullable Object> row(String title, Clusters found, Function<Cluster, String> value) {
        List<@Nullable Object> row = new ArrayList<>(List.of(title));
        found.clusters().forEach(each -> row.add(value.apply(each)));
        return row;
    }

    /** Nothing where all values are missing. */
    private static String typical(Cluster group, String column) {
        Double mean = group.centre().get(column);
        if (mean != null) {
            return Summary.number(mean);
        }
        Clusters.Frequent frequent = group.mostFrequent().get(column);
        return frequent == null ? "" : frequent.value() + " (" + Sentences.percent(frequent.share()) + ")";
    }

    private static Table explained(Components found) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        double together = 0;
        for (Component each : found.components()) {
            together += each.share();
            rows.add(Arrays.asList(
                    "component " + each.number(), behindPoint(100 * each.share(), 1), behindPoint(100 * together, 1)));
        }
        return new Table(
                "How much of the variance each component explains",
                List.of("component", "percent", "with those before"),
                rows);
    }

    private static Table strangest(Anomalies found) {
        Set<String> columns = new LinkedHashSet<>();
        found.strangest().forEach(each -> columns.addAll(each.values().keySet()));
        List<String> titles = new ArrayList<>(List.of("row", "score"));
        titles.addAll(columns);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Anomaly each : found.strangest()) {
            List<@Nullable Object> row = new ArrayList<>(Arrays.asList(each.row(), behindPoint(each.score(), 3)));
            columns.forEach(column -> row.add(each.values().get(column)));
            rows.add(row);
        }
        return new Table("The strangest rows", titles, rows);
    }

    private static Table expected(Forecast found) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        found.future()
                .forEach(each -> rows.add(Arrays.asList(
                        each.begin().toString(), rounded(each.value()), rounded(each.low()), rounded(each.high()))));
        return new Table(
                "What is expected, " + Sentences.percent(found.level()) + " between low and high",
                List.of(found.period().noun(), "forecast", "low", "high"),
                rows);
    }

    private static Table methods(Forecast found) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        found.tried()
                .forEach(each ->
                        rows.add(Arrays.asList(each.method(), rounded(each.error()), behindPoint(each.ofNaive(), 2))));
        return new Table(
                "Methods, by how well they forecast the past",
                List.of("method", "mean error", "times that of the simplest"),
                rows);
    }

    /** Null when it is no number. */
    private static @Nullable Double behindPoint(double value, int digits) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value)
                        .setScale(digits, RoundingMode.HALF_UP)
                        .doubleValue()
                : null;
    }

    /** With six digits; null when it is no number. */
    private static @Nullable Double rounded(double value) {
        return Double.isFinite(value) ? new BigDecimal(value).round(DIGITS).doubleValue() : null;
    }
}
