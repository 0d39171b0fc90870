package dev.datastudio.ml.explore.internal.tool;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import dev.datastudio.core.tool.internal.Arguments;
import dev.datastudio.core.tool.internal.InputSchema;
import dev.datastudio.ml.explore.Anomalies;
import dev.datastudio.ml.explore.Anomalies.Anomaly;
import dev.datastudio.ml.explore.AnomalySpec;
import dev.datastudio.ml.explore.Explore;
import dev.datastudio.ml.explore.ExploreOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds unusual rows. */
public final class FindAnomalies extends ExploringTool {
    private static final String SHARE = "share";
    private static final String LIMIT = "limit";
    private static final int MOST = 100;
    private static final int NAMING_COLUMNS = 3;

    public FindAnomalies(Studio studio) {
        super(
                studio,
                "find_anomalies",
                "anomalies",
                "Finds the rows of a data set that differ most from the others (isolation forest), with the columns that make"
                        + " each strange. For values of one column beyond a bound, a query does better.",
                "all rows, their score in 'anomaly score' and whether they are 'unusual'",
                true,
                new InputSchema()
                        .texts(COLUMNS, "What rows are judged by; all numbers and words that repeat when left out")
                        .number(
                                SHARE,
                                AnomalySpec.DEFAULT.share(),
                                "Which share of the rows is called unusual, 0.0001 to 0.5")
                        .count(LIMIT, MOST, "How many of the strangest rows are told; 10 when left out"));
    }

    @Override
    Told explored(Explore explore, Dataset dataset, Arguments arguments, ExploreOptions options) {
        AnomalySpec spec = AnomalySpec.DEFAULT
                .by(arguments.texts(COLUMNS))
                .expecting(arguments.number(SHARE, AnomalySpec.DEFAULT.share()))
                .showing(arguments.count(LIMIT, AnomalySpec.DEFAULT.shown(), MOST));
        return told(dataset, explore.anomalies(dataset, spec, options));
    }

    static Told told(Dataset dataset, Anomalies found) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "Judged %d rows of %s by %s; %d have a score of %.3f or more and are called unusual.",
                found.rows(),
                said(dataset.name()),
                found.columns().stream().map(ExploringTool::said).collect(Collectors.joining(", ")),
                found.unusual(),
                found.threshold()));
        lines.add(
                "Scores go from 0 to 1: about 0.5 for rows like most, towards 1 for rows that differ. The strangest:");
        found.strangest().forEach(each -> lines.add(line(each, found)));
        return new Told(lines, found.warnings(), Map.of("unusual rows", found.chart()), found.kept(), found.model());
    }

    private static String line(Anomaly row, Anomalies found) {
        String name = row.values().entrySet().stream()
                .filter(each -> !found.columns().contains(each.getKey()))
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
}
