package dev.datastudio.core.analysis;

import dev.datastudio.core.analysis.internal.StepReading;
import java.util.Locale;

/** Plans in words; a result's own words are its {@link StepResult#reading()}. */
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
}
