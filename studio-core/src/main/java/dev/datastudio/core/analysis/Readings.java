package dev.datastudio.core.analysis;

import dev.datastudio.core.analysis.internal.StepReading;
import dev.datastudio.core.analysis.internal.Words;
import java.util.Locale;

/** Plans in words; a result's own words are its {@link StepResult#reading()}. */
public final class Readings {
    private Readings() {}

    /** What was understood: "Sum of Profit by month of Order Date, rows where Region is West". */
    public static String of(Step step) {
        return new StepReading(Locale.US).of(step);
    }

    /** A measure: "mean of each day's sum of Sales". */
    public static String of(Measure measure) {
        return Words.of(measure);
    }

    /** A dimension: "ranges of Age (0 to 18, 18 to 65)". */
    public static String of(Dimension dimension) {
        return StepReading.of(dimension);
    }

    /** What a plan was understood as, a sentence a step. */
    public static String of(AnalysisPlan plan) {
        StepReading reading = new StepReading(Locale.US);
        return String.join("; ", plan.steps().stream().map(reading::of).toList());
    }
}
