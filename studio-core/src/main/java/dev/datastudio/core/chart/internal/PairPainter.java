package dev.datastudio.core.chart.internal;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.Chart.Point;
import dev.datastudio.api.chart.DensityChart.Curve;
import dev.datastudio.api.chart.HeatmapChart.Shading;
import dev.datastudio.api.chart.HistogramChart.Bin;
import dev.datastudio.api.chart.PairChart;
import dev.datastudio.api.chart.PairChart.Group;
import dev.datastudio.api.chart.PairChart.Variable;
import dev.datastudio.core.chart.internal.Mark.Anchor;
import dev.datastudio.core.chart.internal.Mark.Paint;
import dev.datastudio.core.chart.internal.Mark.Weight;
import dev.datastudio.core.chart.internal.Sheet.LegendEntry;
import dev.datastudio.core.chart.internal.Sheet.Swatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws a grid of small plots: points below the diagonal, spreads on it, coefficients above it. Ticks stand only at the
 * left and below, because all plots of a column share one axis and so do all plots of a row.
 */
final class PairPainter {
    private static final double GAP = 7;
    private static final double TITLE = 20;
    private static final double TICKS = 18;
    private static final double PIXELS_PER_X_TICK = 36;
    private static final double PIXELS_PER_Y_TICK = 22;
    private static final double TICK_SIZE = 10;

    /** Colours of coefficients, from -1 to 1. */
    private static final Shades SHADES = new Shades(-1, 1, Shading.CORRELATION);

    private final Canvas canvas;
    private final PairChart chart;
    private final Area grid;
    private final List<Range> ranges = new ArrayList<>();

    private PairPainter(Canvas canvas, Area area, PairChart chart) {
        this.canvas = canvas;
        this.chart = chart;
        for (int i = 0; i < chart.variables().size(); i++) {
            ranges.add(range(i));
        }
        double below = canvas.isCompact() ? 0 : TITLE + TICKS;
        double cell = (area.height() - below) / chart.variables().size();
        double titles = TITLE * (isWrapped(cell - GAP) ? 1.7 : 1);
        double left = canvas.isCompact() ? 0 : titles + 6 + widestTick(area.height() - below);
        this.grid = new Area(area.left() + left, area.top(), area.right(), area.bottom() - below);
    }

    static List<LegendEntry> legend(PairChart chart) {
        List<LegendEntry> entries = new ArrayList<>();
        for (int i = 0; i < chart.groups().size(); i++) {
            entries.add(new LegendEntry(chart.groups().get(i).name(), Palette.series(i), Swatch.DISC));
        }
        return entries;
    }

    /** The colour of a coefficient: paler than in a heatmap, so that the number stands out. */
    static int shade(double correlation) {
        return SHADES.of(correlation * 0.7);
    }

    static void paint(Canvas canvas, Area area, PairChart chart) {
        new PairPainter(canvas, area, chart).paint();
    }

    private void paint() {
        int count = chart.variables().size();
        for (int row = 0; row < count; row++) {
            for (int column = 0; column < count; column++) {
                Area cell = cell(row, column);
                if (row > column) {
                    ground(cell, column, row);
                    points(cell, column, row);
                } else if (row == column) {
                    spread(cell, row);
                } else {
                    correlation(cell, row, column);
                }
            }
        }
        if (!canvas.isCompact()) {
            for (int i = 0; i < count; i++) {
                names(i);
            }
        }
    }

    private Area cell(int row, int column) {
        double width = grid.width() / chart.variables().size();
        double height = grid.height() / chart.variables().size();
        double left = grid.left() + column * width;
        double top = grid.top() + row * height;
        double gap = Math.min(GAP, Math.min(width, height) / 6);
        return new Area(left, top, left + width - gap, top + height - gap);
    }

    private Range range(int index) {
        Variable variable = chart.variables().get(index);
        Range.Finder values = new Range.Finder(variable.axis());
        for (Group group : chart.groups()) {
            group.rows().forEach(row -> values.add(row.get(index)));
        }
        for (Bin bin : variable.bins()) {
            values.add(bin.from());
            values.add(bin.to());
        }
        for (Curve curve : variable.curves()) {
            curve.points().forEach(point -> values.add(point.x()));
        }
        return values.aired(0.03);
    }

    private ValueScale across(Area cell, int index) {
        return new ValueScale(chart.variables().get(index).axis(), ranges.get(index), cell.left(), cell.right());
    }

    private ValueScale upward(Area cell, int index) {
        return new ValueScale(chart.variables().get(index).axis(), ranges.get(index), cell.bottom(), cell.top());
    }

    private AxisTicks ticks(ValueScale scale) {
        double pixels = scale.to() > scale.from() ? PIXELS_PER_X_TICK : PIXELS_PER_Y_TICK;
        int most = Math.max(1, (int) (Math.abs(scale.to() - scale.from()) / pixels));
        return AxisTicks.of(scale.axis(), scale.range().min(), scale.range().max(), most, canvas.locale);
    }

    private double widestTick(double height) {
        double cell = height / chart.variables().size();
        double widest = 0;
        for (int i = 1; i < chart.variables().size(); i++) {
            AxisTicks ticks = ticks(upward(new Area(0, 0, cell, cell), i));
            widest = Math.max(widest, ticks.width(TICK_SIZE, canvas.measure));
        }
        return Math.min(widest, canvas.width / 8);
    }

    private void ground(Area cell, int x, int y) {
        ValueScale across = across(cell, x);
        ValueScale upward = upward(cell, y);
        for (double tick : ticks(across).values()) {
            canvas.line(across.at(tick), cell.top(), across.at(tick), cell.bottom(), Palette.GRID, 1);
        }
        for (double tick : ticks(upward).values()) {
            canvas.line(cell.left(), upward.at(tick), cell.right(), upward.at(tick), Palette.GRID, 1);
        }
        edges(cell);
    }

    private void edges(Area cell) {
        canvas.line(cell.left(), cell.bottom(), cell.right(), cell.bottom(), Palette.AXIS, 1);
        canvas.line(cell.left(), cell.top(), cell.left(), cell.bottom(), Palette.AXIS, 1);
    }

    private void points(Area cell, int x, int y) {
        ValueScale across = across(cell, x);
        ValueScale upward = upward(cell, y);
        double size = Math.min(cell.width(), cell.height());
        double radius = size > 150 ? 2.6 : size > 80 ? 2 : 1.4;
        for (int g = 0; g < chart.groups().size(); g++) {
            for (List<Double> row : chart.groups().get(g).rows()) {
                if (across.shows(row.get(x)) && upward.shows(row.get(y))) {
                    canvas.add(new Mark.Disc(
                            across.at(row.get(x)), upward.at(row.get(y)), radius, Palette.series(g), 0.55, 0, 0));
                }
            }
        }
    }

    private void spread(Area cell, int index) {
        Variable variable = chart.variables().get(index);
        ValueScale across = across(cell, index);
        double highest = 0;
        for (Bin bin : variable.bins()) {
            highest = Math.max(highest, (double) bin.count());
        }
        for (Bin bin : variable.bins()) {
            if (bin.count() > 0 && across.shows(bin.from())) {
                double top = cell.bottom() - bin.count() / highest * cell.height() * 0.92;
                canvas.rect(across.at(bin.from()), top, across.at(bin.to()) - 0.6, cell.bottom(), Palette.series(0));
            }
        }
        double densest = 0;
        for (Curve curve : variable.curves()) {
            for (Point point : curve.points()) {
                densest = Math.max(densest, point.y());
            }
        }
        for (Curve curve : variable.curves()) {
            curve(cell, across, curve, densest);
        }
        edges(cell);
    }

    private void curve(Area cell, ValueScale across, Curve curve, double densest) {
        List<Double> line = new ArrayList<>();
        for (Point point : curve.points()) {
            if (across.shows(point.x())) {
                line.add(across.at(point.x()));
                line.add(cell.bottom() - point.y() / densest * cell.height() * 0.92);
            }
        }
        if (line.size() < 4) {
            return;
        }
        List<Double> below = new ArrayList<>(line);
        below.addAll(List.of(line.get(line.size() - 2), cell.bottom(), line.get(0), cell.bottom()));
        int colour = Palette.series(colourOf(curve));
        canvas.add(new Mark.Path(below, Paint.FILL, colour, 0.22, 0, List.of()));
        canvas.polyline(line, colour, 1.5, List.of());
    }

    private int colourOf(Curve curve) {
        return colourOf(chart, curve);
    }

    /** The colour of the group that a curve is of. */
    static int colourOf(PairChart chart, Curve curve) {
        for (int i = 0; i < chart.groups().size(); i++) {
            if (chart.groups().get(i).name().equals(curve.name())) {
                return i;
            }
        }
        return 0;
    }

    private void correlation(Area cell, int row, int column) {
        double value = chart.correlations().get(row).get(column);
        int ground = Double.isNaN(value) ? HeatmapPainter.NOTHING : shade(value);
        canvas.rect(cell.left(), cell.top(), cell.right(), cell.bottom(), ground);
        if (Double.isNaN(value)) {
            return;
        }
        double size = Math.max(9, Math.min(20, Math.min(cell.width(), cell.height()) / 5));
        String text = canvas.numbers.hundredths(value);
        if (canvas.width(text, size) <= cell.width() - 4 && size <= cell.height() - 2) {
            double x = (cell.left() + cell.right()) / 2;
            double y = (cell.top() + cell.bottom()) / 2;
            canvas.label(x, y, text, size, Palette.inkOn(ground), Anchor.MIDDLE, "value");
        }
    }

    /** Ticks and title of one variable, below its column and left of its row. */
    private void names(int index) {
        int last = chart.variables().size() - 1;
        Area bottom = cell(last, index);
        Area first = cell(index, 0);
        xTicks(bottom, across(bottom, index));
        if (index > 0) {
            yTicks(first, upward(first, index));
        }
        Axis axis = chart.variables().get(index).axis();
        double size = Canvas.TICK_SIZE;
        String below = canvas.shorten(Words.clean(axis.label()), bottom.width(), size);
        double middle = (bottom.left() + bottom.right()) / 2;
        canvas.label(middle, grid.bottom() + TICKS + TITLE / 2, below, size, Palette.INK, Anchor.MIDDLE, "x-title");
        double x = Sheet.PAD + size * 0.8;
        for (String beside : twoLines(Words.clean(axis.label()), first.height())) {
            canvas.add(new Mark.Text(
                    x,
                    (first.top() + first.bottom()) / 2,
                    beside,
                    size,
                    Weight.REGULAR,
                    Palette.INK,
                    Anchor.MIDDLE,
                    -90,
                    "y-title"));
            x += size + 3;
        }
    }

    private boolean isWrapped(double height) {
        return chart.variables().stream()
                .anyMatch(v -> twoLines(Words.clean(v.axis().label()), height).size() > 1);
    }

    /** A name in one line where it fits, else parted at the last blank that leaves a fitting first line. */
    private List<String> twoLines(String name, double height) {
        if (name.isEmpty()) {
            return List.of();
        }
        int cut = name.length();
        while (cut > 0 && canvas.width(name.substring(0, cut), Canvas.TICK_SIZE) > height) {
            cut = name.lastIndexOf(' ', cut - 1);
        }
        if (cut <= 0 || cut == name.length()) {
            return List.of(canvas.shorten(name, height, Canvas.TICK_SIZE));
        }
        return List.of(name.substring(0, cut), canvas.shorten(name.substring(cut + 1), height, Canvas.TICK_SIZE));
    }

    /** Only labels that stay within their cell, so that they touch no label of the next one, nor each other. */
    private void xTicks(Area cell, ValueScale scale) {
        AxisTicks ticks = ticks(scale);
        double end = cell.left() - 8;
        for (int i = 0; i < ticks.values().size(); i++) {
            String label = ticks.labels().get(i);
            double x = scale.at(ticks.values().get(i));
            double half = canvas.width(label, TICK_SIZE) / 2;
            if (x - half > end + 6 && x + half < cell.right() + 2) {
                canvas.label(x, grid.bottom() + 6, label, TICK_SIZE, Palette.TEXT, Anchor.MIDDLE, "x-tick");
                end = x + half;
            }
        }
    }

    private void yTicks(Area cell, ValueScale scale) {
        AxisTicks ticks = ticks(scale);
        double widest = cell.left() - Sheet.PAD - TITLE;
        for (int i = 0; i < ticks.values().size(); i++) {
            String label = ticks.labels().get(i);
            double y = scale.at(ticks.values().get(i));
            boolean inside = y - TICK_SIZE / 2 >= cell.top() - 2 && y + TICK_SIZE / 2 <= cell.bottom() + 3;
            if (inside && canvas.width(label, TICK_SIZE) <= widest) {
                canvas.label(cell.left() - 6, y, label, TICK_SIZE, Palette.TEXT, Anchor.END, "y-tick");
            }
        }
    }
}
