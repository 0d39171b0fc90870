package dev.datastudio.core.chart.internal;

import dev.datastudio.core.chart.internal.Mark.Anchor;
import dev.datastudio.core.chart.internal.Sheet.LegendEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * What the colours of a picture mean, in rows from left to right. Names are shortened until all of them have a place;
 * where even short ones have none, the rest is counted at the end. Immutable.
 */
record Legend(List<Entry> entries, int hidden) {
    private static final double SIZE = 11.5;
    private static final double SWATCH = 11;
    private static final double ROW = 18;
    private static final double GAP = 18;
    private static final double INDENT = SWATCH + 6;
    private static final int MAX_ROWS = 3;
    private static final double MAX_NAME = 220;

    /** Shorter names say nothing. */
    private static final double MIN_NAME = 60;

    private record Entry(LegendEntry of, String name, double x, int row) {}

    static Legend of(Canvas canvas, List<LegendEntry> entries) {
        double longest = Math.min(MAX_NAME, canvas.width / 3);
        Legend first = of(canvas, entries, longest);
        Legend legend = first;
        for (double most = longest * 0.85; legend.hidden > 0 && most > MIN_NAME; most *= 0.85) {
            legend = of(canvas, entries, most);
        }
        return legend.hidden > 0 ? first : legend;
    }

    private static Legend of(Canvas canvas, List<LegendEntry> entries, double longest) {
        List<String> names = canvas.shortenAll(
                entries.stream().map(entry -> Words.clean(entry.name())).toList(), longest, SIZE);
        int last = canvas.isLow() ? 0 : MAX_ROWS - 1;
        List<Entry> placed = new ArrayList<>();
        double x = Sheet.PAD;
        int row = 0;
        for (int i = 0; i < names.size(); i++) {
            double needed = INDENT + canvas.width(names.get(i), SIZE);
            double reserve = row == last && i < names.size() - 1 ? canvas.width(more(names.size() - i), SIZE) + GAP : 0;
            if (x > Sheet.PAD && x + needed + reserve > canvas.width - Sheet.PAD) {
                if (row == last) {
                    break;
                }
                row++;
                x = Sheet.PAD;
            }
            placed.add(new Entry(entries.get(i), names.get(i), x, row));
            x += needed + GAP;
        }
        return new Legend(List.copyOf(placed), names.size() - placed.size());
    }

    private static String more(int count) {
        return "+ " + count + " more";
    }

    /** Draws it; what it gives is where it ends. */
    double draw(Canvas canvas, double top) {
        double y = top;
        double end = Sheet.PAD;
        for (Entry entry : entries) {
            y = top + SWATCH / 2 + 2 + entry.row * ROW;
            entry.of.swatch().draw(canvas, entry.x, y, SWATCH, entry.of.colour());
            canvas.label(entry.x + INDENT, y, entry.name, SIZE, Palette.TEXT, Anchor.START, "legend");
            end = entry.x + INDENT + canvas.width(entry.name, SIZE) + GAP;
        }
        if (hidden > 0) {
            canvas.label(end, y, more(hidden), SIZE, Palette.QUIET, Anchor.START, "legend");
        }
        return y + SWATCH / 2 + 4;
    }
}
