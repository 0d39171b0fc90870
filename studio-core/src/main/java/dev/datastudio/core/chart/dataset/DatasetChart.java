package dev.datastudio.core.chart.dataset;

import dev.datastudio.api.chart.Chart;
import java.util.List;
import java.util.Objects;

/**
 * A chart of a data set and why it looks as it does. Immutable.
 *
 * @param chart with its numbers; what was left out, sampled or gathered stands in its subtitle and notes
 * @param kind what was drawn; never {@link ChartKind#AUTO}
 * @param reason why this kind, a whole sentence
 * @param suggestions what may show the data better, whole sentences; mostly none
 */
public record DatasetChart(Chart chart, ChartKind kind, String reason, List<String> suggestions) {
    public DatasetChart {
        Objects.requireNonNull(chart, "chart");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(reason, "reason");
        suggestions = List.copyOf(suggestions);
    }
}
