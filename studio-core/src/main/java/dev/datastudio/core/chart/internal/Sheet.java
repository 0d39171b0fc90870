package dev.datastudio.core.chart.internal;

import dev.datastudio.api.chart.ChartText;
import dev.datastudio.core.chart.internal.Mark.Anchor;
import dev.datastudio.core.chart.internal.Mark.Weight;
import java.util.List;

/** The words around every plot: title, subtitle and legend above it, notes below it. */
final class Sheet {
    static final double PAD = 18;
    private static final double TITLE_SIZE = 16;
    private static final double SUBTITLE_SIZE = 12;
    private static final double NOTE_SIZE = 10.5;
    private static final int MAX_NOTE_LINES = 3;

    private Sheet() {}

    /** Draws the words; what is left belongs to the plot. */
    static Area draw(Canvas canvas, ChartText text, List<LegendEntry> legend) {
        double width = canvas.width - 2 * PAD;
        int lines = canvas.isLow() ? 1 : 2;
        String subtitle = canvas.isCompact() ? "" : Words.clean(text.subtitle());
        double top = PAD;
        for (String line :
                Words.wrap(Words.clean(text.title()), lines, width, TITLE_SIZE, Weight.BOLD, canvas.measure)) {
            top += TITLE_SIZE;
            add(canvas, PAD, top, line, TITLE_SIZE, Weight.BOLD, Palette.INK, "title");
            top += 5;
        }
        for (String line : Words.wrap(subtitle, lines, width, SUBTITLE_SIZE, Weight.REGULAR, canvas.measure)) {
            top += SUBTITLE_SIZE + 1;
            add(canvas, PAD, top, line, SUBTITLE_SIZE, Weight.REGULAR, Palette.QUIET, "subtitle");
            top += 3;
        }
        top += 6;
        top = legend.size() < 2 ? top : Legend.of(canvas, legend).draw(canvas, top);
        return new Area(PAD, top + 6, canvas.width - PAD, notes(canvas, text, width));
    }

    private static double notes(Canvas canvas, ChartText text, double width) {
        String all = canvas.isCompact() ? "" : Words.clean(String.join(" · ", text.notes()));
        List<String> lines =
                Words.wrap(all, canvas.isLow() ? 1 : MAX_NOTE_LINES, width, NOTE_SIZE, Weight.REGULAR, canvas.measure);
        double y = canvas.height - 12 - (lines.size() - 1) * (NOTE_SIZE + 3);
        double top = lines.isEmpty() ? canvas.height - 12 : y - NOTE_SIZE - 8;
        for (String line : lines) {
            add(canvas, PAD, y, line, NOTE_SIZE, Weight.REGULAR, Palette.QUIET, "note");
            y += NOTE_SIZE + 3;
        }
        return top;
    }

    private static void add(
            Canvas canvas, double x, double y, String text, double size, Weight weight, int colour, String role) {
        canvas.add(new Mark.Text(x, y, text, size, weight, colour, Anchor.START, 0, role));
    }

    /** A name with the colour that stands for it. */
    record LegendEntry(String name, int colour, Swatch swatch) {}

    /** The small picture before a name. */
    enum Swatch {
        SQUARE {
            @Override
            void draw(Canvas canvas, double x, double y, double size, int colour) {
                canvas.rect(x, y - size / 2, x + size, y + size / 2, colour);
            }
        },
        LINE {
            @Override
            void draw(Canvas canvas, double x, double y, double size, int colour) {
                canvas.line(x - 2, y, x + size + 2, y, colour, 2.5);
            }
        },
        DISC {
            @Override
            void draw(Canvas canvas, double x, double y, double size, int colour) {
                canvas.add(new Mark.Disc(x + size / 2, y, size / 2 - 0.5, colour, 1, colour, 0));
            }
        };

        abstract void draw(Canvas canvas, double x, double y, double size, int colour);
    }
}
