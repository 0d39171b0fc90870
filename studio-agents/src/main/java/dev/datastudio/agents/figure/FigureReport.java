package dev.datastudio.agents.figure;

import java.util.List;

/**
 * What a check of an answer found. Immutable.
 *
 * @param figures in the order of the answer
 * @param isComplete whether the whole answer and all tool results were read; when not, figures may be missing or
 *     flagged that a tool result does state
 */
public record FigureReport(List<Figure> figures, boolean isComplete) {
    /** An answer without figures. */
    public static final FigureReport NONE = new FigureReport(List.of(), true);

    public FigureReport {
        figures = List.copyOf(figures);
    }

    /** The figures that no tool result states. */
    public List<Figure> unsupported() {
        return figures.stream().filter(Figure::isUnsupported).toList();
    }
}
