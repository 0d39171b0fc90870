package dev.datastudio.core.analysis;

import dev.datastudio.core.analysis.internal.ChartBuilder;
import java.util.Optional;

/**
 * Chooses the chart that shows a result best: bars for categories, a line for time, points for two measures, bins for
 * the spread of numbers, boxes for their spread by group. A chart that was asked for is drawn when it fits the rows;
 * when it doesn't, a fitting one takes its place and a note says so.
 */
public final class ChartChooser {
    private ChartChooser() {}

    /**
     * The chart of a result; empty when there is nothing to draw, as for a single number, a list, a summary, or when
     * none was wanted.
     */
    public static Optional<ChartChoice> choose(StepResult result) {
        return new ChartBuilder(result).choose();
    }
}
