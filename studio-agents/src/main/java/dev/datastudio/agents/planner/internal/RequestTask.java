package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Cleaning;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Step;
import java.util.List;

/** One thing that a request asks for, or that is done to the rows before it. */
sealed interface RequestTask {
    /**
     * Statistics of columns.
     *
     * @param statistics lexicon arguments of aggregates
     * @param ofOutliers whether only the outliers of the first column count
     */
    record Describe(
            List<String> statistics,
            List<ColumnEntry> columns,
            List<ColumnEntry> groups,
            Condition filter,
            boolean ofOutliers)
            implements RequestTask {}

    /** A hypothesis test; AUTO lets the request's method or the data decide. */
    record Test(Detail.TestKind kind, List<ColumnEntry> columns, List<ColumnEntry> groups, Condition filter)
            implements RequestTask {}

    /** Whether values are normal. */
    record Normality(List<ColumnEntry> columns, Condition filter) implements RequestTask {}

    /** How columns move together; with a focus the strongest pair, or the strongest with it. */
    record Correlate(List<ColumnEntry> columns, Detail.Layout layout, int most, double least, Condition filter)
            implements RequestTask {}

    /** Which values are outliers, and how many, with other columns of their rows. */
    record Outliers(List<ColumnEntry> columns, List<ColumnEntry> shown, Condition filter) implements RequestTask {}

    /** How the values of columns spread. */
    record Spread(List<ColumnEntry> columns, Condition filter) implements RequestTask {}

    /** How many values are missing. */
    record Missing(List<ColumnEntry> columns, Condition filter) implements RequestTask {}

    /** Which rows repeat. */
    record Duplicates(List<ColumnEntry> columns) implements RequestTask {}

    /** A line through two columns. */
    record Line(ColumnEntry explained, ColumnEntry by, Detail detail, Condition filter) implements RequestTask {}

    /** Steps of a sentence that needs nothing of this. */
    record Plain(List<Step> steps) implements RequestTask {}

    /** Something done to the rows; the tasks after it see what it left. */
    record Prepare(Cleaning cleaning) implements RequestTask {}

    /** Outliers taken away, by the rule that the request names somewhere. */
    record RemoveOutliers(List<ColumnEntry> columns) implements RequestTask {}

    /** Rows with missing values taken away; without columns those of the tasks. */
    record RemoveMissing(List<ColumnEntry> columns, boolean everywhere) implements RequestTask {}
}
