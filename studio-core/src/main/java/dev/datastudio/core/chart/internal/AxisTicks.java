package dev.datastudio.core.chart.internal;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.ValueFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Where an axis has ticks and what stands beside them. Immutable.
 *
 * @param second a second line below a label, empty where there is none
 */
record AxisTicks(List<Double> values, List<String> labels, List<String> second) {
    AxisTicks {
        values = List.copyOf(values);
        labels = List.copyOf(labels);
        second = List.copyOf(second);
    }

    /** At most so many ticks between two values of an axis. */
    static AxisTicks of(Axis axis, double min, double max, int maxCount, Locale locale) {
        ValueFormat format = axis.format();
        if (format instanceof ValueFormat.Date date) {
            return DateTicks.of(min, max, maxCount, date.grain(), locale);
        }
        NumberWords words = new NumberWords(locale);
        if (axis.scale() == Axis.Scale.LOG) {
            List<Double> values = Ticks.logarithmic(min, max, maxCount);
            return plain(values, words.logarithmicTicks(values, format));
        }
        double step = Ticks.step(max - min, maxCount, format instanceof ValueFormat.Whole);
        List<Double> values = Ticks.multiples(min, max, step);
        return plain(values, words.ticks(values, format));
    }

    private static AxisTicks plain(List<Double> values, List<String> labels) {
        return new AxisTicks(values, labels, Collections.nCopies(labels.size(), ""));
    }

    boolean hasSecondLine() {
        for (String text : second) {
            if (!text.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** The same without the second line at a place. */
    AxisTicks withoutSecond(int index) {
        List<String> other = new ArrayList<>(second);
        other.set(index, "");
        return new AxisTicks(values, labels, other);
    }

    /** Only the first tick. */
    AxisTicks first() {
        int end = Math.min(1, values.size());
        return new AxisTicks(values.subList(0, end), labels.subList(0, end), second.subList(0, end));
    }

    /** The widest label. */
    double width(double size, TextMeasure measure) {
        double widest = 0;
        for (String label : labels) {
            widest = Math.max(widest, measure.width(label, size, Mark.Weight.REGULAR));
        }
        return widest;
    }
}
