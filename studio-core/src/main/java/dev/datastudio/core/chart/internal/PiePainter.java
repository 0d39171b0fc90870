package dev.datastudio.core.chart.internal;

import dev.datastudio.api.chart.PieChart;
import dev.datastudio.api.chart.PieChart.Slice;
import dev.datastudio.core.chart.internal.Mark.Anchor;
import dev.datastudio.core.chart.internal.Mark.Weight;
import java.util.List;

/**
 * Draws a pie and, beside it or in a narrow picture below it, its slices as a table: name, amount, share. Shares stand in the slices that
 * have room for them, so no label can touch another.
 */
final class PiePainter {
    private static final double ROW = 24;
    private static final double SIZE = 12;
    private static final double SWATCH = 12;
    private static final double GAP = 18;
    private static final double LEAST_NAME = 60;
    private static final double NARROW = 460;

    private PiePainter() {}

    static void paint(Canvas canvas, Area area, PieChart chart) {
        boolean narrow = area.width() < NARROW && area.height() > area.width() * 0.9;
        double tableHeight =
                narrow ? Math.min(area.height() / 2, ROW * chart.slices().size()) + 12 : 0;
        Area round = new Area(area.left(), area.top(), area.right(), area.bottom() - tableHeight);
        double radius = Math.min(round.height() / 2 - 6, area.width() * (narrow ? 0.45 : 0.25));
        double x = narrow ? (area.left() + area.right()) / 2 : area.left() + Math.max(radius, area.width() * 0.26);
        double y = (round.top() + round.bottom()) / 2;
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
        table(
                canvas,
                chart,
                narrow
                        ? new Area(area.left() + 8, round.bottom() + 12, area.right(), area.bottom())
                        : new Area(
                                x + radius + Math.min(40, area.width() * 0.06),
                                area.top(),
                                area.right(),
                                area.bottom()));
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
        double size = Math.min(SIZE, row * 0.8);
        double amounts = 0;
        double shares = 0;
        for (Slice slice : slices) {
            amounts = Math.max(amounts, canvas.width(amount(canvas, chart, slice), size) + GAP);
            shares = Math.max(shares, canvas.width(percent(slice.value() / chart.total()), size) + GAP);
        }
        double room = area.width() - SWATCH - 8 - shares;
        boolean areShares = chart.value().format().unit().equals("%"); // they would stand there twice
        boolean withAmounts = !areShares && room - amounts >= LEAST_NAME;
        List<String> labels = canvas.shortenAll(
                slices.stream().map(slice -> Words.clean(slice.label())).toList(),
                Math.max(0, withAmounts ? room - amounts : room),
                size);
        double names = 0;
        for (String label : labels) {
            names = Math.max(names, canvas.width(label, size));
        }
        double left = area.left() + SWATCH + 8;
        double afterAmounts = left + names + (withAmounts ? amounts : 0);
        double y = (area.top() + area.bottom()) / 2 - row * slices.size() / 2 + row / 2;
        for (int i = 0; i < slices.size(); i++) {
            Slice slice = slices.get(i);
            double half = Math.min(SWATCH, size) / 2;
            canvas.rect(area.left(), y - half, area.left() + 2 * half, y + half, Palette.series(i));
            canvas.label(left, y, labels.get(i), size, Palette.INK, Anchor.START, "table");
            if (withAmounts) {
                canvas.label(afterAmounts, y, amount(canvas, chart, slice), size, Palette.TEXT, Anchor.END, "table");
            }
            String share = percent(slice.value() / chart.total());
            canvas.label(afterAmounts + shares, y, share, size, Palette.QUIET, Anchor.END, "table");
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
