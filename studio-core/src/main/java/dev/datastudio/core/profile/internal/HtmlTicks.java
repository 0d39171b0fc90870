package dev.datastudio.core.profile.internal;

import dev.datastudio.core.profile.Histogram.Bin;
import dev.datastudio.core.profile.ProfileComparison.SharedBin;
import java.util.ArrayList;
import java.util.List;

/** The numbers and dates below a histogram, each at its place. */
final class HtmlTicks {
    private static final int MOST = 6;
    private static final int MOST_DATES = 5;
    private static final int[] STRIDES = {1, 2, 4, 5, 10, 20, 25, 50, 100};
    private static final double NEAR_AN_END = 4;
    private static final double NEAR_A_TAIL = 86;
    private static final String DASH = " – ";

    private HtmlTicks() {}

    /** A text at a distance from the left in per cent. */
    private record Tick(double left, String text) {}

    /** The ticks of bins from low to high, of numbers or of times. */
    static void write(Html html, List<Bin> bins, boolean numbers) {
        print(
                html,
                numbers
                        ? ofNumbers(bins)
                        : ofDates(bins.stream().map(Bin::label).toList()));
    }

    /** The ticks of bins that two data sets share. */
    static void writeShared(Html html, List<SharedBin> shared, boolean numbers) {
        List<String> labels = shared.stream().map(SharedBin::label).toList();
        print(html, numbers ? ofNumbers(shared.stream().map(HtmlTicks::bin).toList()) : ofDates(labels));
    }

    private static Bin bin(SharedBin shared) {
        String[] edges = shared.label().split(DASH, 2);
        return new Bin(value(edges[0]), value(edges[edges.length - 1]), shared.label(), 0);
    }

    /** A number as {@link Figures#number} writes it; NaN for anything else. */
    private static double value(String text) {
        try {
            return Double.parseDouble(text.replace(",", "").replace("∞", "Infinity"));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static List<Tick> ofNumbers(List<Bin> bins) {
        Bin first = bins.get(0);
        Bin last = bins.get(bins.size() - 1);
        boolean middles = bins.stream().allMatch(HtmlTicks::isOneNumber);
        double[] values = new double[middles ? bins.size() : bins.size() + 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = i == bins.size()
                    ? last.to()
                    : middles ? middle(bins.get(i)) : bins.get(i).from();
        }
        int low = Double.isInfinite(first.from()) ? 1 : 0;
        int high = values.length - (Double.isInfinite(last.to()) ? 2 : 1);
        int stride = stride(high - low, MOST);
        List<Integer> places = new ArrayList<>();
        for (int i = start(values, low, high, stride); i <= high; i += stride) {
            places.add(i);
        }
        List<String> texts = texts(values, places);
        List<Tick> ticks = new ArrayList<>();
        if (low == 1) {
            ticks.add(new Tick(0, "< " + Figures.compact(first.to())));
        }
        for (int i = 0; i < places.size(); i++) {
            double left = 100.0 * (places.get(i) + (middles ? 0.5 : 0)) / bins.size();
            boolean free = (low == 0 || left > 100 - NEAR_A_TAIL) && (high == values.length - 1 || left < NEAR_A_TAIL);
            if (free) {
                ticks.add(new Tick(left, texts.get(i)));
            }
        }
        if (high == values.length - 2) {
            ticks.add(new Tick(100, "≥ " + Figures.compact(last.from())));
        }
        return ticks;
    }

    /** In short, or in full where the short ones would be the same. */
    private static List<String> texts(double[] values, List<Integer> places) {
        List<String> compact =
                places.stream().map(place -> Figures.compact(values[place])).toList();
        return compact.stream().distinct().count() == compact.size()
                ? compact
                : places.stream().map(place -> Figures.number(values[place])).toList();
    }

    /** The first place from which steps fall on multiples of themselves: 0, 20, 40 instead of 10, 30, 50. */
    private static int start(double[] values, int low, int high, int stride) {
        double step = high == low ? 1 : (values[high] - values[low]) / (high - low) * stride;
        for (int i = low; i < Math.min(low + stride, high + 1); i++) {
            double multiple = values[i] / step;
            if (Math.abs(multiple - Math.rint(multiple)) < 1e-6) {
                return i;
            }
        }
        return low;
    }

    private static int stride(int steps, int most) {
        for (int stride : STRIDES) {
            if (steps / stride < most) {
                return stride;
            }
        }
        return (int) Math.ceil((double) steps / (most - 1));
    }

    private static boolean isOneNumber(Bin bin) {
        return bin.to() - bin.from() == 1 && middle(bin) == Math.rint(middle(bin));
    }

    private static double middle(Bin bin) {
        return (bin.from() + bin.to()) / 2;
    }

    /** Where bins begin, from their labels; the names of bins that are one period stand in their middle. */
    private static List<Tick> ofDates(List<String> labels) {
        boolean middles = labels.stream().noneMatch(label -> label.contains(DASH));
        int stride = stride(labels.size() - 1, MOST_DATES);
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < labels.size(); i += stride) {
            ticks.add(new Tick(
                    100.0 * (i + (middles ? 0.5 : 0)) / labels.size(),
                    labels.get(i).split(DASH, 2)[0]));
        }
        return ticks;
    }

    private static void print(Html html, List<Tick> ticks) {
        html.raw("<div class=\"ticks\" aria-hidden=\"true\">");
        for (Tick tick : ticks) {
            String end = tick.left() < NEAR_AN_END
                    ? " class=\"first\""
                    : tick.left() > 100 - NEAR_AN_END ? " class=\"last\"" : "";
            html.raw("<span" + end + " style=\"left:" + HtmlPictures.plain(tick.left()) + "%\">")
                    .text(tick.text())
                    .raw("</span>");
        }
        html.raw("</div>");
    }
}
