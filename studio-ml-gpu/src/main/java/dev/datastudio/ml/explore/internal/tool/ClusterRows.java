package dev.datastudio.ml.explore.internal.tool;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import dev.datastudio.core.tool.internal.Arguments;
import dev.datastudio.core.tool.internal.InputSchema;
import dev.datastudio.ml.explore.ClusterSpec;
import dev.datastudio.ml.explore.Clusters;
import dev.datastudio.ml.explore.Clusters.Cluster;
import dev.datastudio.ml.explore.Clusters.Difference;
import dev.datastudio.ml.explore.Explore;
import dev.datastudio.ml.explore.ExploreOptions;
import dev.datastudio.ml.explore.internal.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds groups of alike rows. */
public final class ClusterRows extends ExploringTool {
    private static final String CLUSTERS = "clusters";
    private static final int MOST = 50;

    public ClusterRows(Studio studio) {
        super(
                studio,
                "cluster_rows",
                "clustered",
                "Parts the rows of a data set into groups of alike rows (k-means): how large each is, what sets it apart"
                        + " from the others, how clear the groups are. Draws them.",
                "the rows and the number of their group in the column 'cluster'",
                true,
                new InputSchema()
                        .texts(COLUMNS, "What rows are compared by; all numbers and words that repeat when left out")
                        .count(
                                CLUSTERS,
                                MOST,
                                "How many groups; the number from 2 to 10 that fits best when left out"));
    }

    @Override
    Told explored(Explore explore, Dataset dataset, Arguments arguments, ExploreOptions options) {
        ClusterSpec spec = ClusterSpec.DEFAULT.by(arguments.texts(COLUMNS));
        int count = arguments.count(CLUSTERS, 0, MOST);
        return told(dataset, explore.clusters(dataset, count == 0 ? spec : spec.into(count), options));
    }

    static Told told(Dataset dataset, Clusters found) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "Found %d groups among %d rows of %s, compared by %s.",
                found.clusters().size(),
                found.rows(),
                said(dataset.name()),
                found.columns().stream().map(ExploringTool::said).collect(Collectors.joining(", "))));
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
        found.clusters().forEach(cluster -> lines.add(line(cluster)));
        LinkedHashMap<String, dev.datastudio.api.chart.Chart> charts = new LinkedHashMap<>();
        charts.put("groups", found.map());
        charts.put("groups profile", found.profile());
        return new Told(lines, found.warnings(), charts, found.kept(), found.model());
    }

    private static String line(Cluster cluster) {
        return String.format(
                        Locale.ROOT,
                        "Group %d: %d rows (%s). ",
                        cluster.number(),
                        cluster.rows(),
                        percent(cluster.share()))
                + cluster.apart().stream().map(ClusterRows::line).collect(Collectors.joining("; ")) + ".";
    }

    private static String line(Difference each) {
        String far = String.format(Locale.ROOT, "%+.1f standard deviations", each.standardized());
        return each.value().isEmpty()
                ? "mean " + said(each.column()) + " " + Summary.number(each.here()) + " where all have "
                        + Summary.number(each.all()) + ", " + far
                : said(each.column()) + " is " + said(each.value()) + " in " + percent(each.here()) + " where all have "
                        + percent(each.all()) + ", " + far;
    }
}
