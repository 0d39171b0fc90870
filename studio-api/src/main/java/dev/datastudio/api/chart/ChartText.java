package dev.datastudio.api.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The words around a chart. Immutable.
 *
 * <p>All of it is plain text and may come from data: renderers escape it.
 *
 * @param title what the chart shows: {@code Distribution of Age}
 * @param subtitle a second, quieter line; empty for none
 * @param notes what a reader must know to trust the picture, one sentence each: {@code 10 missing values left out}
 * @param altText the chart in words, for screen readers; empty lets the renderer describe the numbers
 */
public record ChartText(String title, String subtitle, List<String> notes, String altText) {
    public ChartText {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(subtitle, "subtitle");
        notes = List.copyOf(notes);
        Objects.requireNonNull(altText, "altText");
    }

    /** Only a title. */
    public static ChartText of(String title) {
        return new ChartText(title, "", List.of(), "");
    }

    /** The same with another second line. */
    public ChartText withSubtitle(String other) {
        return new ChartText(title, other, notes, altText);
    }

    /** The same with one more note at the end. */
    public ChartText withNote(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new ChartText(title, subtitle, more, altText);
    }

    /** The same with another description. */
    public ChartText withAltText(String other) {
        return new ChartText(title, subtitle, notes, other);
    }
}
