package dev.datastudio.core.profile.internal;

import dev.datastudio.core.profile.ColumnDetails;
import dev.datastudio.core.profile.ColumnDetails.ValueCount;
import dev.datastudio.core.profile.Histogram;
import dev.datastudio.core.profile.Histogram.Bin;
import java.util.List;
import java.util.Locale;

/** The small pictures of a report: bars as SVG and as styled boxes. */
final class HtmlPictures {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 120;
    private static final int SHOWN_TEXT = 80;

    private HtmlPictures() {}

    /** A histogram; tails that were gathered are paler and stand apart. */
    static void histogram(Html html, ColumnDetails column) {
        List<Bin> bins = column.histogram().bins();
        if (bins.isEmpty()) {
            return;
        }
        Bin first = bins.get(0);
        Bin last = bins.get(bins.size() - 1);
        html.raw("<p class=\"most\">most in a bin: "
                        + Figures.count(column.histogram().highest())
                        + "</p><svg preserveAspectRatio=\"none\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT
                        + "\" role=\"img\" aria-label=\"Histogram of ")
                .text(Words.cut(column.name(), SHOWN_TEXT))
                .raw(", " + bins.size() + " bins, from ")
                .text(first.label())
                .raw(" to ")
                .text(last.label())
                .raw("\">");
        bars(html, column.histogram());
        html.raw("</svg>");
        HtmlTicks.write(html, bins, column.numbers().isPresent());
    }

    private static void bars(Html html, Histogram histogram) {
        List<Bin> bins = histogram.bins();
        double step = (double) WIDTH / bins.size();
        double gap = step > 6 ? 1.5 : 0.5;
        for (int i = 0; i < bins.size(); i++) {
            Bin bin = bins.get(i);
            double height = bin.count() == 0 ? 0 : Math.max(1, 118.0 * bin.count() / histogram.highest());
            boolean tail = Double.isInfinite(bin.from()) || Double.isInfinite(bin.to());
            html.raw("<rect class=\"" + (tail ? "t" : "b") + "\" x=\"" + plain(i * step + gap / 2) + "\" y=\""
                            + plain(HEIGHT - height) + "\" width=\"" + plain(step - gap) + "\" height=\""
                            + plain(height)
                            + "\"><title>")
                    .text(bin.label() + ": " + Figures.count(bin.count()))
                    .raw("</title></rect>");
        }
    }

    /** The most frequent values as bars, and a bar for the rest and the missing ones. */
    static void topValues(Html html, ColumnDetails column, int most) {
        List<ValueCount> top =
                column.top().subList(0, Math.min(most, column.top().size()));
        long rest = column.count() - top.stream().mapToLong(ValueCount::count).sum();
        long others = column.distinct() - top.size();
        long highest =
                Math.max(rest, top.stream().mapToLong(ValueCount::count).max().orElse(1));
        html.raw("<dl class=\"bars\">");
        for (ValueCount value : top) {
            bar(html, value.value(), value.count(), highest, column.rows(), "");
        }
        if (rest > 0 && others > 0) {
            String words = Words.about(column.distinctAccuracy()) + Figures.plural(others, "other");
            bar(html, words, rest, highest, column.rows(), "rest");
        }
        html.raw("</dl>");
    }

    private static void bar(Html html, String label, long count, long highest, long rows, String style) {
        String shown = label.isBlank() ? "(blank)" : Words.cut(label, SHOWN_TEXT);
        html.raw("<dt class=\"" + style + "\" title=\"")
                .text(Words.cut(label, 300))
                .raw("\">")
                .name(shown)
                .raw("</dt><dd class=\"track\"><i class=\"" + style + "\" style=\"width:"
                        + plain(100.0 * count / Math.max(1, highest)) + "%\"></i></dd><dd>")
                .raw(Figures.count(count))
                .raw(" <span class=\"soft\">" + Figures.percent((double) count / Math.max(1, rows)) + "</span></dd>");
    }

    /** A number as SVG and CSS read it. */
    static String plain(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
