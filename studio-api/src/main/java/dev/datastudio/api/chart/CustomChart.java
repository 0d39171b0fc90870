package dev.datastudio.api.chart;

import java.util.Objects;

/**
 * A figure written by hand for plotly.js. Immutable.
 *
 * <p>The record holds what was written, checked or not: whoever draws it, or hands it to a browser, checks it against
 * the list of what figures may hold and refuses the rest, so that an unchecked figure never gets out.
 *
 * @param text the title is that of the figure where it has one
 * @param figure JSON: an object with {@code data}, an array of traces, and {@code layout}, which may be left out
 */
public record CustomChart(ChartText text, String figure) implements Chart {
    public CustomChart {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(figure, "figure");
    }

    @Override
    public String kind() {
        return "custom";
    }

    /** Whether nothing is written; what a figure shows is known only when it is read. */
    @Override
    public boolean isEmpty() {
        return figure.isBlank();
    }
}
