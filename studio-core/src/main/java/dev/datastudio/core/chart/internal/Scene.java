package dev.datastudio.core.chart.internal;

import java.util.List;

/**
 * A finished picture as a list of marks, painted in order on white. Immutable.
 *
 * @param title for people who don't see the picture
 * @param description the picture in words
 */
public record Scene(double width, double height, String title, String description, List<Mark> marks) {
    public Scene {
        marks = List.copyOf(marks);
    }
}
