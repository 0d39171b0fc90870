package dev.datastudio.api.chart;

import dev.datastudio.api.chart.BoxChart.Box;
import java.util.List;
import java.util.Objects;

/**
 * The shape of a measure's spread in each category: a mirrored density around a thin box. Immutable.
 *
 * @param categoryTitle what the categories are; empty for none
 * @param value the axis of the measure; always linear
 * @param violins in the order in which they are drawn
 */
public record ViolinChart(ChartText text, String categoryTitle, Axis value, List<Violin> violins) implements Chart {
    public ViolinChart {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(categoryTitle, "categoryTitle");
        Objects.requireNonNull(value, "value");
        violins = List.copyOf(violins);
        if (value.scale() != Axis.Scale.LINEAR) {
            throw new IllegalArgumentException("value must be a linear axis: a density belongs to its scale");
        }
    }

    @Override
    public String kind() {
        return "violin";
    }

    @Override
    public boolean isEmpty() {
        return violins.isEmpty();
    }

    /**
     * One category. Immutable.
     *
     * @param box its name and quartiles; outliers are not drawn, because the outline shows them
     * @param outline the density of the values (y) along the measure (x), at least two points
     */
    public record Violin(Box box, List<Point> outline) {
        public Violin {
            Objects.requireNonNull(box, "box");
            outline = new DensityChart.Curve(box.label(), outline).points();
        }
    }
}
