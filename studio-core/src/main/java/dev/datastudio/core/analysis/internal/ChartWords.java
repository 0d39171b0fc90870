package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.core.analysis.ChartHint;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Limit;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Step;
import dev.datastudio.core.analysis.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words around the chart of one result, and the notes taken while it is made. Not thread-safe. */
final class ChartWords {
    private final StepResult result;
    private final Step step;
    private final List<String> notes = new ArrayList<>();

    ChartWords(StepResult result) {
        this.result = result;
        this.step = result.step();
    }

    void note(String note) {
        notes.add(note);
    }

    List<String> notes() {
        return notes;
    }

    /** Notes that another chart takes the place of the one asked for, unless that is a fitting one. */
    void replaced(String by, ChartHint... fitting) {
        if (step.chart() != ChartHint.AUTO && !List.of(fitting).contains(step.chart())) {
            notes.add("A " + Words.lower(step.chart()) + " chart can't show these rows; " + by + " is drawn instead.");
        }
    }

    /** Why a chart is of its kind. */
    String reason(Chart chart) {
        if (step.chart().jsonName().equals(chart.kind())) {
            return "A " + Words.lower(step.chart()) + " chart was asked for.";
        }
        return switch (chart.kind()) {
            case "histogram" -> "The values are numbers, so their distribution is shown.";
            case "box" -> "The spread of numbers is compared between groups.";
            case "line", "area" -> "The rows follow each other in time.";
            case "scatter" -> "Two numbers of each row stand against each other.";
            case "heatmap" -> "There is a number for each pair of names.";
            case "pie" -> "The rows are shares of a whole.";
            default -> "Numbers are compared between categories.";
        };
    }

    /** The words around a chart, with all notes so far. */
    ChartText text(String title) {
        List<String> all = new ArrayList<>(notes);
        all.addAll(result.warnings());
        return new ChartText(title, subtitle(), all, result.reading());
    }

    /** The rows and groups that count, as the second line. */
    private String subtitle() {
        List<String> parts = new ArrayList<>();
        if (!step.filter().equals(Condition.always())) {
            parts.add("where " + new StepReading(Locale.US).of(step.filter()));
        }
        Limit limit = step.limit();
        if (limit != null
                && limit.skipped() == 0
                && limit.perDimension() < 0
                && step.operation() == Operation.AGGREGATE) {
            boolean lowest = !step.order().isEmpty() && step.order().get(0).direction() == Order.Direction.ASCENDING;
            parts.add("the " + limit.count() + (lowest ? " lowest" : " highest"));
        }
        return StepReading.capital(String.join(", ", parts));
    }
}
