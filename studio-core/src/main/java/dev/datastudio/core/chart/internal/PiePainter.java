package dev.datastudio.core.chart.internal;

import dev.datastudio.api.chart.PieChart;
import dev.datastudio.api.chart.PieChart.Slice;
import dev.datastudio.core.chart.internal.Mark.Anchor;
import dev.datastudio.core.chart.internal.Mark.Weight;
import java.util.List;

/**
 * Draws a pie at the left and its slices as a table at the right: name, amount, share. Shares stand in the slices that
 * have room for them, so no label can touch another.
 */
final class PiePainter {
    private static final double ROW = 24;
    private static final double SIZE = 12;
    private static final double SWATCH = 12;

    private PiePainter() {}

    static void paint(Canvas canvas, Area area, PieChart chart) {
        double radius = Math.min(area.height() / 2 - 6, area.width() * 0.25);
        double x = area.left() + Math.max(radius, area.width() * 0.26);
        double y = (area.top() + area.bottom()) / 2;
        double total = chart.total();
        double degrees = 0;
        for (int i = 0; i < chart.slices().size(); i++) {
            double sweep = 360 * chart.slices().get(i).value() / total;
            if (sweep > 0) {
                canvas.add(new Mark.Sector(x, y, radius, degrees, sweep, Palette.series(i)));
            }
            degrees += sweep;
        }
        separate(canvas, chart, x, y, radius);
        shares(canvas, chart, x, y, radius);
        table(canvas, chart, new Area(x + radius + 40, area.top(), area.right(), area.bottom()));
    }

    /** White lines between the slices. */
    private static void separate(Canvas canvas, PieChart chart, double x, double y, double radius) {
        double degrees = 0;
        long drawn = chart.slices().stream().filter(slice -> slice.value() > 0).count();
        for (Slice slice : chart.slices()) {
            if (drawn > 1 && slice.value() > 0) {
                double angle = Math.toRadians(degrees - 90);
                canvas.line(
                        x,
                        y,
                        x + Math.cos(angle) * (radius + 1),
                        y + Math.sin(angle) * (radius + 1),
                        Palette.WHITE,
                        1.6);
            }
            degrees += 360 * slice.value() / chart.total();
        }
    }

    private static void shares(Canvas canvas, PieChart chart, double x, double y, double radius) {
        double degrees = 0;
        for (int i = 0; i < chart.slices().size(); i++) {
            double share = chart.slices().get(i).value() / chart.total();
            double angle = Math.toRadians(degrees + 180 * share - 90);
            double distance = share > 0.999 ? 0 : radius * 0.68;
            double room = 2 * distance * Math.sin(Math.PI * Math.min(share, 0.5));
            String text = percent(share);
            if (share > 0.999 || room > canvas.measure.width(text, SIZE, Weight.BOLD) + 6) {
                canvas.add(new Mark.Text(
                        x + Math.cos(angle) * distance,
                        y + Math.sin(angle) * distance + SIZE * 0.36,
                        text,
                        SIZE,
                        Weight.BOLD,
                        Palette.inkOn(Palette.series(i)),
                        Anchor.MIDDLE,
                        0,
                        "share"));
            }
            degrees += 360 * share;
        }
    }

    private static void table(Canvas canvas, PieChart chart, Area area) {
        List<Slice> slices = chart.slices();
        double row = Math.min(ROW, area.height() / slices.size());
        double y = (area.top() + area.bottom()) / 2 - row * slices.size() / 2 + row / 2;
        double amounts = 0;
        double shares = 0;
        for (Slice slice : slices) {
            amounts = Math.max(amounts, canvas.width(amount(canvas, chart, slice), SIZE));
            shares = Math.max(shares, canvas.width(percent(slice.value() / chart.total()), SIZE));
        }
        double room = Math.max(30, area.width() - SWATCH - 8 - amounts - shares - 40);
        double names = 0;
        for (Slice slice : slices) {
            names = Math.max(names, canvas.width(canvas.shorten(Words.clean(slice.label()), room, SIZE), SIZE));
        }
        double left = area.left() + SWATCH + 8;
        for (int i = 0; i < slices.size(); i++) {
            Slice slice = slices.get(i);
            canvas.rect(area.left(), y - SWATCH / 2, area.left() + SWATCH, y + SWATCH / 2, Palette.series(i));
            String name = canvas.shorten(Words.clean(slice.label()), room, SIZE);
            canvas.label(left, y, name, SIZE, Palette.INK, Anchor.START, "slice");
            String amount = amount(canvas, chart, slice);
            canvas.label(left + names + 20 + amounts, y, amount, SIZE, Palette.TEXT, Anchor.END, "amount");
            canvas.label(
                    left + names + 36 + amounts + shares,
                    y,
                    percent(slice.value() / chart.total()),
                    SIZE,
                    Palette.QUIET,
                    Anchor.END,
                    "table-share");
            y += row;
        }
    }

    private static String amount(Canvas canvas, PieChart chart, Slice slice) {
        return canvas.value(slice.value(), chart.value().format());
    }

    private static String percent(double share) {
        if (share > 0 && share < 0.001) {
            return "<0.1%";
        }
        long tenths = Math.round(share * 1000);
        return share >= 0.1 || tenths % 10 == 0 ? Math.round(share * 100) + "%" : tenths / 10 + "." + tenths % 10 + "%";
    }
}
