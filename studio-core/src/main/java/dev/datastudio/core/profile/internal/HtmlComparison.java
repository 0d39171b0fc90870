package dev.datastudio.core.profile.internal;

import dev.datastudio.core.profile.ColumnDetails;
import dev.datastudio.core.profile.DatasetProfile.Overview;
import dev.datastudio.core.profile.ProfileComparison;
import dev.datastudio.core.profile.ProfileComparison.ColumnShift;
import dev.datastudio.core.profile.ProfileComparison.SharedBin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report of a comparison: findings, both overviews, and each column before and now. */
public final class HtmlComparison {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 120;
    private static final int NAME_LENGTH = 60;

    private HtmlComparison() {}

    /** The whole page. */
    public static String of(ProfileComparison comparison) {
        Html html = new Html();
        Map<String, String> links = new LinkedHashMap<>();
        links.put("findings", "What changed");
        links.put("overview", "Overview");
        links.put("columns", "Columns");
        String newer = comparison.newer().name();
        String older = comparison.older().name();
        String title = newer.equals(older) ? newer : newer + " and " + older;
        HtmlPage.begin(html, title, "What changed from the older to the newer data", links);
        html.raw("<section aria-labelledby=\"findings\"><h2 id=\"findings\">What changed</h2>");
        if (comparison.findings().isEmpty()) {
            html.raw("<p class=\"card\">Nothing of note changed.</p>");
        } else {
            html.raw("<div class=\"card\">");
            HtmlReport.list(html, AlertGroup.of(comparison.findings()));
            html.raw("</div>");
        }
        html.raw("</section>\n<section aria-labelledby=\"overview\"><h2 id=\"overview\">Overview</h2>");
        overview(html, comparison);
        html.raw("</section>\n<section aria-labelledby=\"columns\"><h2 id=\"columns\">Columns</h2><p class=\"legend\">"
                + "<span><i class=\"before\"></i>older: ");
        html.name(older)
                .raw("</span><span><i class=\"now\"></i>newer: ")
                .name(newer)
                .raw("</span></p>");
        columns(html, comparison);
        html.raw("</section>\n");
        HtmlPage.end(html);
        return html.toString();
    }

    private static void overview(Html html, ProfileComparison comparison) {
        Overview now = comparison.newer().overview();
        Overview before = comparison.older().overview();
        html.raw("<div class=\"card scroll\"><table class=\"data\"><thead><tr><th scope=\"col\"></th><th scope=\"col\""
                + " class=\"n\">Older</th><th scope=\"col\" class=\"n\">Newer</th></tr></thead><tbody>");
        line(html, "rows", Figures.count(before.rows()), Figures.count(now.rows()));
        line(html, "columns", Figures.count(before.columns()), Figures.count(now.columns()));
        line(html, "missing cells", Figures.percent(before.missingShare()), Figures.percent(now.missingShare()));
        line(html, "duplicate rows", Figures.count(before.duplicateRows()), Figures.count(now.duplicateRows()));
        names(html, "columns only in the older", comparison.removed());
        names(html, "columns only in the newer", comparison.added());
        names(
                html,
                "columns of another type",
                comparison.typeChanges().stream()
                        .map(change -> change.column() + " (" + Words.of(change.older()) + " → "
                                + Words.of(change.newer()) + ")")
                        .toList());
        html.raw("</tbody></table></div>");
    }

    private static void names(Html html, String title, List<String> names) {
        if (!names.isEmpty()) {
            html.raw("<tr><th scope=\"row\">" + title + "</th><td class=\"wrap\" colspan=\"2\">")
                    .name(Words.cut(String.join(", ", names), 2000))
                    .raw("</td></tr>");
        }
    }

    private static void line(Html html, String name, String before, String now) {
        html.raw("<tr><th scope=\"row\">" + name + "</th><td class=\"n\">")
                .text(before)
                .raw("</td><td class=\"n\">")
                .text(now)
                .raw("</td></tr>");
    }

    private static void columns(Html html, ProfileComparison comparison) {
        html.raw("<div class=\"tools\" id=\"tools\" hidden><label>Filter columns<input id=\"filter\" type=\"search\""
                + " autocomplete=\"off\"></label><label>Order<select id=\"order\"><option value=\"shift\">most changed"
                + " first</option><option value=\"position\">as in the file</option><option value=\"name\">by"
                + " name</option></select></label><span id=\"shown\" class=\"soft\" role=\"status\"></span></div><div"
                + " id=\"list\">");
        List<ColumnShift> shifts = comparison.shifts();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < shifts.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble(i -> -Shifts.size(shifts.get(i))));
        order.forEach(i -> card(html, shifts.get(i), i));
        html.raw("</div>");
    }

    private static void card(Html html, ColumnShift shift, int position) {
        html.raw("<article class=\"card column\" data-position=\"" + position + "\" data-shift=\""
                        + HtmlPictures.plain(Shifts.size(shift)) + "\" data-words=\"")
                .text(shift.column().toLowerCase(Locale.ROOT))
                .raw("\"><header><h3" + (shift.column().length() > NAME_LENGTH ? " class=\"long\"" : "") + ">")
                .name(shift.column())
                .raw("</h3>");
        html.raw(Shifts.isNotable(shift) ? "<span class=\"chip medium\">changed</span>" : "");
        distance(html, "PSI", shift.populationStability());
        distance(html, "KS", shift.kolmogorovSmirnov());
        distance(html, "total variation", shift.totalVariation());
        html.raw("</header><div class=\"body\"><div><table class=\"facts\"><thead><tr><th></th><th scope=\"col\">older"
                + "</th><th scope=\"col\">newer</th></tr></thead><tbody>");
        facts(html, shift.older(), shift.newer());
        html.raw("</tbody></table></div><div>");
        boolean ordered = !Double.isNaN(shift.kolmogorovSmirnov());
        if (shift.bins().isEmpty()) {
            html.raw("<p class=\"none\">no distribution to compare</p>");
        } else if (ordered) {
            histogram(html, shift);
        } else {
            bars(html, shift.bins());
        }
        html.raw("</div></div></article>\n");
    }

    private static void distance(Html html, String name, double value) {
        if (!Double.isNaN(value)) {
            html.raw("<span class=\"chip\">" + name + " " + HtmlPictures.plain(value) + "</span>");
        }
    }

    private static void facts(Html html, ColumnDetails before, ColumnDetails now) {
        line(html, "missing", Figures.percent(before.missingShare()), Figures.percent(now.missingShare()));
        line(html, "different", Figures.count(before.distinct()), Figures.count(now.distinct()));
        if (before.numbers().isPresent() && now.numbers().isPresent()) {
            line(
                    html,
                    "mean",
                    number(before.numbers().get().mean()),
                    number(now.numbers().get().mean()));
            for (double part : new double[] {0.05, 0.25, 0.5, 0.75, 0.95}) {
                line(
                        html,
                        Math.round(part * 100) + "%",
                        number(before.numbers().get().quantile(part)),
                        number(now.numbers().get().quantile(part)));
            }
        }
        if (before.times().isPresent() && now.times().isPresent()) {
            line(html, "from", before.times().get().first(), now.times().get().first());
            line(html, "to", before.times().get().last(), now.times().get().last());
        }
    }

    private static String number(double value) {
        return Figures.number(value);
    }

    private static void histogram(Html html, ColumnShift shift) {
        List<SharedBin> bins = shift.bins();
        double highest = bins.stream()
                .mapToDouble(bin -> Math.max(bin.older(), bin.newer()))
                .max()
                .orElse(1);
        double step = (double) WIDTH / bins.size();
        html.raw("<p class=\"most\">most in a bin: " + Figures.percent(highest)
                        + "</p><svg preserveAspectRatio=\"none\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT
                        + "\" role=\"img\" aria-label=\"Older and newer histogram of ")
                .text(Words.cut(shift.column(), NAME_LENGTH))
                .raw("\">");
        for (int i = 0; i < bins.size(); i++) {
            rect(html, "o", bins.get(i), bins.get(i).older(), highest, i * step + step * 0.08, step * 0.4);
            rect(html, "b", bins.get(i), bins.get(i).newer(), highest, i * step + step * 0.5, step * 0.4);
        }
        html.raw("</svg>");
        HtmlTicks.writeShared(html, bins, shift.newer().numbers().isPresent());
    }

    private static void rect(
            Html html, String style, SharedBin bin, double share, double highest, double x, double width) {
        double height = share == 0 ? 0 : Math.max(1, 112 * share / highest);
        html.raw("<rect class=\"" + style + "\" x=\"" + HtmlPictures.plain(x) + "\" y=\""
                        + HtmlPictures.plain(HEIGHT - height) + "\" width=\"" + HtmlPictures.plain(width)
                        + "\" height=\"" + HtmlPictures.plain(height) + "\"><title>")
                .text(bin.label() + ": older " + Figures.percent(bin.older()) + ", newer "
                        + Figures.percent(bin.newer()))
                .raw("</title></rect>");
    }

    private static void bars(Html html, List<SharedBin> bins) {
        html.raw("<dl class=\"bars\">");
        for (SharedBin bin : bins) {
            html.raw("<dt title=\"")
                    .text(Words.cut(bin.label(), 300))
                    .raw("\">")
                    .name(bin.label().isBlank() ? "(blank)" : Words.cut(bin.label(), NAME_LENGTH))
                    .raw("</dt><dd><div class=\"track half\"><i class=\"before\" style=\"width:"
                            + HtmlPictures.plain(100 * bin.older()) + "%\"></i></div><div class=\"track half\"><i"
                            + " class=\"now\" style=\"width:" + HtmlPictures.plain(100 * bin.newer())
                            + "%\"></i></div></dd><dd>" + Figures.percent(bin.older()) + " → "
                            + Figures.percent(bin.newer()) + "</dd>");
        }
        html.raw("</dl>");
    }
}
