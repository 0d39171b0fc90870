package dev.datastudio.ml.explore.internal.tool;

import dev.datastudio.core.Studio;
import dev.datastudio.core.tool.internal.Arguments;
import dev.datastudio.core.tool.internal.InputSchema;
import dev.datastudio.ml.explore.ClusterSpec;
import dev.datastudio.ml.explore.ExploreSpec;

/** Finds groups of alike rows. */
public final class ClusterRows extends ExploringTool {
    private static final String CLUSTERS = "clusters";
    private static final int MOST = 50;

    public ClusterRows(Studio studio) {
        super(
                studio,
                "cluster_rows",
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
    ExploreSpec spec(Arguments arguments) {
        int count = arguments.count(CLUSTERS, 0, MOST);
        ClusterSpec spec = ClusterSpec.DEFAULT.by(arguments.texts(COLUMNS));
        return count == 0 ? spec : spec.into(count);
    }
}
