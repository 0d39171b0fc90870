package dev.datastudio.core.chart.internal;

import java.util.List;

/**
 * One thing to draw, in layout pixels from the top left corner. Colours are 0xRRGGBB, opacity is 0 to 1.
 *
 * <p>Both writers know these five marks and nothing else, so a kind of chart that is made of them needs no change there.
 */
public sealed interface Mark {
    /** A filled rectangle. */
    record Rect(double x, double y, double width, double height, int fill, double opacity) implements Mark {}

    /**
     * A line through corners.
     *
     * @param corners x and y in turn
     * @param fill whether the inside is painted ({@link Paint#FILL}) or the line ({@link Paint#STROKE})
     * @param dash lengths of dash and gap; empty for a solid line
     */
    record Path(List<Double> corners, Paint fill, int colour, double opacity, double strokeWidth, List<Double> dash)
            implements Mark {
        public Path {
            corners = List.copyOf(corners);
            dash = List.copyOf(dash);
        }
    }

    /** A disc with a thin rim; a rim of width 0 is not drawn. */
    record Disc(double x, double y, double radius, int fill, double opacity, int rim, double rimWidth)
            implements Mark {}

    /** A slice of a disc; degrees clockwise from twelve o'clock; a sweep of 360 is the whole disc. */
    record Sector(double x, double y, double radius, double fromDegrees, double sweepDegrees, int fill)
            implements Mark {}

    /**
     * A line of text; x and y are the anchor on the base line.
     *
     * @param rotation degrees clockwise around the anchor
     * @param role what the text is, such as {@code x-tick}; texts of one role never overlap
     */
    record Text(
            double x,
            double y,
            String text,
            double size,
            Weight weight,
            int colour,
            Anchor anchor,
            double rotation,
            String role)
            implements Mark {}

    /** What of a path is painted. */
    enum Paint {
        FILL,
        STROKE
    }

    /** How heavy letters are. */
    enum Weight {
        REGULAR,
        BOLD
    }

    /** Which end of a text lies on its anchor. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }
}
