package dev.datastudio.core.chart.internal;

import dev.datastudio.api.chart.ChartStyle;
import dev.datastudio.api.chart.ValueFormat;
import dev.datastudio.core.chart.internal.Mark.Anchor;
import dev.datastudio.core.chart.internal.Mark.Paint;
import dev.datastudio.core.chart.internal.Mark.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Gathers the marks of one picture. Not thread-safe; one for each picture. */
final class Canvas {
    static final double TICK_SIZE = 11;
    static final double AXIS_TITLE_SIZE = 12;
    static final double LABEL_SIZE = 10.5;

    /** Smaller letters can't be read. */
    private static final double MIN_TICK_SIZE = 8;

    private static final double COMPACT_BELOW = 240;
    private static final double LOW_BELOW = 340;
    private static final List<Double> SOLID = List.of();

    final double width;
    final double height;
    final Locale locale;
    final TextMeasure measure;
    final NumberWords numbers;
    private final List<Mark> marks = new ArrayList<>();

    Canvas(ChartStyle style, TextMeasure measure) {
        this.width = style.widthPx();
        this.height = style.heightPx();
        this.locale = style.locale();
        this.measure = measure;
        this.numbers = new NumberWords(locale);
    }

    /** Whether the picture is so low that only the title and the plot have a place. */
    boolean isCompact() {
        return height < COMPACT_BELOW;
    }

    /** Whether the picture is so low that each of its words has only one line. */
    boolean isLow() {
        return height < LOW_BELOW;
    }

    List<Mark> marks() {
        return marks;
    }

    void add(Mark mark) {
        marks.add(mark);
    }

    /** A rectangle between two corners in any order; opaque. */
    void rect(double x1, double y1, double x2, double y2, int fill) {
        add(new Mark.Rect(Math.min(x1, x2), Math.min(y1, y2), Math.abs(x2 - x1), Math.abs(y2 - y1), fill, 1));
    }

    void line(double x1, double y1, double x2, double y2, int colour, double strokeWidth) {
        add(new Mark.Path(List.of(x1, y1, x2, y2), Paint.STROKE, colour, 1, strokeWidth, SOLID));
    }

    void dashed(double x1, double y1, double x2, double y2, int colour, double strokeWidth) {
        add(new Mark.Path(List.of(x1, y1, x2, y2), Paint.STROKE, colour, 1, strokeWidth, List.of(5.0, 3.0)));
    }

    void polyline(List<Double> corners, int colour, double strokeWidth, List<Double> dash) {
        add(new Mark.Path(corners, Paint.STROKE, colour, 1, strokeWidth, dash));
    }

    /** A line of regular text whose vertical middle is at {@code y}. */
    void label(double x, double y, String text, double size, int colour, Anchor anchor, String role) {
        if (!text.isEmpty()) {
            add(new Mark.Text(x, y + size * 0.36, text, size, Weight.REGULAR, colour, anchor, 0, role));
        }
    }

    /** The size of the names of bands that are so far apart: smaller where they are close. */
    static double tickSize(double pitch) {
        return Math.min(TICK_SIZE, Math.max(MIN_TICK_SIZE, pitch - 1.5));
    }

    /** Each how manieth name can be written without touching the one before it. */
    static int stride(double size, double pitch) {
        return (int) Math.ceil((size + 0.5) / pitch);
    }

    double width(String text, double size) {
        return measure.width(text, size, Weight.REGULAR);
    }

    String shorten(String text, double maxWidth, double size) {
        return Words.shorten(text, maxWidth, size, Weight.REGULAR, measure);
    }

    /** Labels that stand beside each other: those that differ still do when they are shortened. */
    List<String> shortenAll(List<String> texts, double maxWidth, double size) {
        return Words.shortenAll(texts, maxWidth, size, Weight.REGULAR, measure);
    }

    /** One value of an axis in words, moments too. */
    String value(double value, ValueFormat format) {
        if (format instanceof ValueFormat.Date date) {
            return DateTicks.words(value, date.grain(), locale);
        }
        return numbers.value(value, format);
    }
}
