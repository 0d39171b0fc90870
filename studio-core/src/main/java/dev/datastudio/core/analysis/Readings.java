package dev.datastudio.core.analysis;

import dev.datastudio.api.query.QueryResult;
import dev.datastudio.core.analysis.internal.ResultReading;
import dev.datastudio.core.analysis.internal.StepReading;
import java.util.List;
import java.util.Locale;

/** Steps and their results in words. */
public final class Readings {
    private Readings() {}

    /** What was understood: "Sum of Profit by month of Order Date, rows where Region is West". */
    public static String of(Step step) {
        return new StepReading(Locale.US).of(step);
    }

    /** What a plan was understood as, a sentence a step. */
    public static String of(AnalysisPlan plan) {
        StepReading reading = new StepReading(Locale.US);
        return String.join("; ", plan.steps().stream().map(reading::of).toList());
    }

    /** What the rows of a step say, in one or two sentences, every number taken from the rows. */
    public static String of(Step step, List<StepColumn> columns, QueryResult result) {
        return new ResultReading(Locale.US).of(step, columns, result);
    }
}
