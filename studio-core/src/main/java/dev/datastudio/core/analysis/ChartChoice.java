package dev.datastudio.core.analysis;

import dev.datastudio.api.chart.Chart;
import java.util.List;
import java.util.Objects;

/**
 * A chart and why it looks as it does. Immutable.
 *
 * @param chart the chart, of the same rows as the result
 * @param notes what was decided against what was asked for, whole sentences; also in the chart's own notes
 * @param reason why it is of this kind, a whole sentence
 */
public record ChartChoice(Chart chart, List<String> notes, String reason) {
    public ChartChoice {
        Objects.requireNonNull(chart, "chart");
        notes = List.copyOf(notes);
        Objects.requireNonNull(reason, "reason");
    }
}
