package dev.datastudio.ml.explore.internal.tool;

import dev.datastudio.core.Studio;
import dev.datastudio.core.tool.internal.Arguments;
import dev.datastudio.core.tool.internal.InputSchema;
import dev.datastudio.ml.explore.AnomalySpec;
import dev.datastudio.ml.explore.ExploreSpec;

/** Finds unusual rows. */
public final class FindAnomalies extends ExploringTool {
    private static final String SHARE = "share";
    private static final String LIMIT = "limit";
    private static final int MOST = 100;

    public FindAnomalies(Studio studio) {
        super(
                studio,
                "find_anomalies",
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
    ExploreSpec spec(Arguments arguments) {
        return AnomalySpec.DEFAULT
                .by(arguments.texts(COLUMNS))
                .expecting(arguments.number(SHARE, AnomalySpec.DEFAULT.share()))
                .showing(arguments.count(LIMIT, AnomalySpec.DEFAULT.shown(), MOST));
    }
}
