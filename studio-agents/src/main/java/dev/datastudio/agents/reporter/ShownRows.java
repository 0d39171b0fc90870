package dev.datastudio.agents.reporter;

import dev.datastudio.api.chart.Chart;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How some rows are shown. Immutable.
 *
 * @param chart null without one
 * @param notes why it is no chart although one was tried; whole sentences
 * @param trace the steps, in order
 */
public record ShownRows(ReportForm form, @Nullable Chart chart, List<String> notes, List<TraceStep> trace) {
    public ShownRows {
        Objects.requireNonNull(form, "form");
        notes = List.copyOf(notes);
        trace = List.copyOf(trace);
    }

    /** The chart, if there is one. */
    public Optional<Chart> picture() {
        return Optional.ofNullable(chart);
    }
}
