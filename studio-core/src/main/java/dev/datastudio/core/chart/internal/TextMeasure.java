package dev.datastudio.core.chart.internal;

/** Tells how wide a line of text will be. Thread-safe. */
public interface TextMeasure {
    /**
     * The width of a line of text.
     *
     * @param size height of the letters in layout pixels
     * @return layout pixels
     */
    double width(String text, double size, Mark.Weight weight);
}
