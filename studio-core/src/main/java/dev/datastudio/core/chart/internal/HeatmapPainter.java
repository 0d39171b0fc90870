package dev.datastudio.core.chart.internal;

import dev.datastudio.api.chart.HeatmapChart;
import dev.datastudio.core.chart.internal.Mark.Anchor;
import dev.datastudio.core.chart.internal.Mark.Weight;
import java.util.ArrayList;
import java.util.List;

/** Draws a grid of coloured cells with their numbers, and the scale of the colours at the right. */
final class HeatmapPainter {
    private static final int SCALE_STEPS = 48;
    private static final double SCALE_WIDTH = 14;
    private static final double GAP = 8;
    private static final double MAX_TURNED = 110;
    private static final double LINE = 13;
    private static final int MAX_LINES = 2;

    /** The least side of a cell with room for the mark that it has no number. */
    private static final double MARKED = 9;
    /** The ground of a cell without a number. */
    static final int NOTHING = 0xF3F4F6;

    private HeatmapPainter() {}

    static void paint(Canvas canvas, Area area, HeatmapChart chart) {
        Shades shades = Shades.of(chart);
        List<String> rows = shortened(canvas, chart.rows(), area.width() * 0.28);
        double titleLeft = canvas.isCompact() || chart.rowTitle().isEmpty() ? 0 : 24;
        double titleBelow = canvas.isCompact() || chart.columnTitle().isEmpty() ? 0 : 20;
        double left = area.left() + titleLeft + widest(canvas, rows) + GAP;
        double right = area.right() - scaleRoom(canvas, chart, shades);
        double cellWidth = (right - left) / chart.columns().size();
        List<String> columns = shortened(canvas, chart.columns(), Math.min(MAX_TURNED, area.height() / 3));
        List<List<String>> upright = lines(canvas, chart.columns(), cellWidth - GAP);
        double most = upright.stream().mapToInt(List::size).max().orElse(0);
        double below = most > 0 ? 24 + (most - 1) * LINE : widest(canvas, columns) + 14;
        Area plot = new Area(left, area.top(), right, area.bottom() - titleBelow - below);

        cells(canvas, plot, chart, shades);
        rowNames(canvas, plot, rows);
        if (most > 0) {
            uprightNames(canvas, plot, upright);
        } else {
            turnedNames(canvas, plot, columns);
        }
        AxisPainter.titleUpward(canvas, plot, area.left(), chart.rowTitle());
        AxisPainter.titleRightward(canvas, plot, area.bottom() - 6, chart.columnTitle());
        scale(canvas, plot, chart, shades);
    }

    private static void cells(Canvas canvas, Area plot, HeatmapChart chart, Shades shades) {
        double width = plot.width() / chart.columns().size();
        double height = plot.height() / chart.rows().size();
        double gap = Math.min(width, height) > 8 ? 0.75 : 0;
        boolean written = height >= Canvas.LABEL_SIZE + 3 && widestValue(canvas, chart) <= width - 4;
        for (int r = 0; r < chart.rows().size(); r++) {
            for (int c = 0; c < chart.columns().size(); c++) {
                double value = chart.values().get(r).get(c);
                int colour = Double.isNaN(value) ? NOTHING : shades.of(value);
                double x = plot.left() + c * width;
                double y = plot.top() + r * height;
                canvas.rect(x + gap, y + gap, x + width - gap, y + height - gap, colour);
                if (Double.isNaN(value) && Math.min(width, height) >= MARKED) {
                    canvas.label(
                            x + width / 2,
                            y + height / 2,
                            "–",
                            Canvas.LABEL_SIZE,
                            Palette.QUIET,
                            Anchor.MIDDLE,
                            "none");
                } else if (written && !Double.isNaN(value)) {
                    canvas.label(
                            x + width / 2,
                            y + height / 2,
                            text(canvas, chart, value),
                            Canvas.LABEL_SIZE,
                            Palette.inkOn(colour),
                            Anchor.MIDDLE,
                            "value");
                }
            }
        }
    }

    private static double widestValue(Canvas canvas, HeatmapChart chart) {
        double widest = 0;
        for (List<Double> row : chart.values()) {
            for (double value : row) {
                if (!Double.isNaN(value)) {
                    widest = Math.max(widest, canvas.width(text(canvas, chart, value), Canvas.LABEL_SIZE));
                }
            }
        }
        return widest;
    }

    /** Correlations have two decimals, so that their columns read evenly. */
    private static String text(Canvas canvas, HeatmapChart chart, double value) {
        return chart.shading() == HeatmapChart.Shading.CORRELATION
                ? canvas.numbers.hundredths(value)
                : canvas.value(value, chart.value().format());
    }

    private static void rowNames(Canvas canvas, Area plot, List<String> rows) {
        double height = plot.height() / rows.size();
        double size = Canvas.tickSize(height);
        int stride = Canvas.stride(size, height);
        for (int r = 0; r < rows.size(); r += stride) {
            double y = plot.top() + (r + 0.5) * height;
            canvas.label(plot.left() - GAP, y, rows.get(r), size, Palette.TEXT, Anchor.END, "y-tick");
        }
    }

    private static void uprightNames(Canvas canvas, Area plot, List<List<String>> columns) {
        double width = plot.width() / columns.size();
        for (int c = 0; c < columns.size(); c++) {
            double y = plot.bottom() + 14;
            for (String line : columns.get(c)) {
                double x = plot.left() + (c + 0.5) * width;
                canvas.label(x, y, line, Canvas.TICK_SIZE, Palette.TEXT, Anchor.MIDDLE, "x-tick");
                y += LINE;
            }
        }
    }

    private static void turnedNames(Canvas canvas, Area plot, List<String> columns) {
        double width = plot.width() / columns.size();
        double size = Canvas.tickSize(width);
        int stride = Canvas.stride(size, width);
        for (int c = 0; c < columns.size(); c += stride) {
            double x = plot.left() + (c + 0.5) * width + size * 0.36;
            canvas.add(new Mark.Text(
                    x,
                    plot.bottom() + 7,
                    columns.get(c),
                    size,
                    Weight.REGULAR,
                    Palette.TEXT,
                    Anchor.END,
                    -90,
                    "x-tick"));
        }
    }

    /** Names in as few lines as all of them fit upright below their cells; empty when some fit in none. */
    private static List<List<String>> lines(Canvas canvas, List<String> names, double width) {
        for (int most = 1; most <= MAX_LINES; most++) {
            List<List<String>> lines = new ArrayList<>();
            for (String name : names) {
                lines.add(Words.wrap(Words.clean(name), most, width, Canvas.TICK_SIZE, Weight.REGULAR, canvas.measure));
            }
            boolean fit = lines.stream().flatMap(List::stream).noneMatch(line -> line.endsWith("…"));
            if (fit) {
                return lines;
            }
        }
        return List.of();
    }

    private static double scaleRoom(Canvas canvas, HeatmapChart chart, Shades shades) {
        String low = canvas.value(shades.min(), chart.value().format());
        String high = canvas.value(shades.max(), chart.value().format());
        return 16
                + SCALE_WIDTH
                + 6
                + Math.max(canvas.width(low, Canvas.TICK_SIZE), canvas.width(high, Canvas.TICK_SIZE));
    }

    private static void scale(Canvas canvas, Area plot, HeatmapChart chart, Shades shades) {
        double left = plot.right() + 16;
        double step = plot.height() / SCALE_STEPS;
        for (int i = 0; i < SCALE_STEPS; i++) {
            double share = (SCALE_STEPS - 0.5 - i) / SCALE_STEPS;
            int colour = shades.of(shades.min() + share * (shades.max() - shades.min()));
            double top = plot.top() + i * step;
            double bottom = i == SCALE_STEPS - 1 ? plot.bottom() : top + step + 0.5;
            canvas.rect(left, top, left + SCALE_WIDTH, bottom, colour);
        }
        double x = left + SCALE_WIDTH + 6;
        String high = canvas.value(shades.max(), chart.value().format());
        String low = canvas.value(shades.min(), chart.value().format());
        canvas.label(x, plot.top() + 5, high, Canvas.TICK_SIZE, Palette.TEXT, Anchor.START, "scale");
        canvas.label(x, plot.bottom() - 5, low, Canvas.TICK_SIZE, Palette.TEXT, Anchor.START, "scale");
    }

    private static List<String> shortened(Canvas canvas, List<String> names, double maxWidth) {
        return canvas.shortenAll(names.stream().map(Words::clean).toList(), maxWidth, Canvas.TICK_SIZE);
    }

    private static double widest(Canvas canvas, List<String> texts) {
        double widest = 0;
        for (String text : texts) {
            widest = Math.max(widest, canvas.width(text, Canvas.TICK_SIZE));
        }
        return widest;
    }
}
