package dev.datastudio.core.profile.internal;

import dev.datastudio.core.profile.Accuracy;
import dev.datastudio.core.profile.ColumnDetails;
import dev.datastudio.core.profile.NumberDetails;
import dev.datastudio.core.profile.TextDetails;
import dev.datastudio.core.profile.TimeDetails;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One card for each column: what it is, its picture, and what more there is to know. */
final class HtmlColumns {
    private static final int LONG_NAME = 60;
    private static final int SHOWN_VALUES = 6;
    private static final int FEW_VALUES = 3;

    private HtmlColumns() {}

    static void write(Html html, List<ColumnDetails> columns) {
        html.raw("<div class=\"tools\" id=\"tools\" hidden><label>Filter columns<input id=\"filter\" type=\"search\""
                + " autocomplete=\"off\"></label><label>Order<select id=\"order\"><option value=\"position\">as in the"
                + " file</option><option value=\"name\">by name</option><option value=\"missing\">most missing"
                + " first</option><option value=\"distinct\">most different values first</option></select></label><span"
                + " id=\"shown\" class=\"soft\" role=\"status\"></span></div>\n<div id=\"list\">\n");
        for (int i = 0; i < columns.size(); i++) {
            card(html, columns.get(i), i);
        }
        html.raw("</div>\n");
    }

    private static void card(Html html, ColumnDetails column, int position) {
        html.raw("<article class=\"card column\" id=\"column-" + position + "\" data-position=\"" + position
                        + "\" data-missing=\"" + column.missing() + "\" data-distinct=\"" + column.distinct()
                        + "\" data-words=\"")
                .text((column.name() + " " + Words.of(column.type()) + " " + Words.of(column.role()))
                        .toLowerCase(Locale.ROOT))
                .raw("\"><header><h3" + (column.name().length() > LONG_NAME ? " class=\"long\"" : "") + ">")
                .name(column.name())
                .raw("</h3>");
        chip(html, Words.of(column.type()));
        chip(html, Words.of(column.role()));
        if (!column.unit().isEmpty()) {
            chip(html, column.unit());
        }
        if (column.isKey()) {
            chip(html, "unique");
        }
        html.raw("</header><div class=\"body\"><div>");
        facts(html, facts(column));
        html.raw("</div><div>");
        picture(html, column);
        html.raw("</div></div>");
        more(html, column);
        html.raw("</article>\n");
    }

    private static void chip(Html html, String text) {
        html.raw("<span class=\"chip\">").text(text).raw("</span>");
    }

    private static Map<String, String> facts(ColumnDetails column) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("values", Figures.count(column.count()));
        facts.put("missing", Figures.count(column.missing()) + " (" + Figures.percent(column.missingShare()) + ")");
        facts.put("different", Words.about(column.distinctAccuracy()) + Figures.count(column.distinct()));
        column.numbers().ifPresent(numbers -> {
            facts.put("mean", Figures.number(numbers.mean()));
            facts.put("median", Words.about(numbers.quantileAccuracy()) + Figures.number(numbers.median()));
            facts.put("range", Figures.number(numbers.min()) + " to " + Figures.number(numbers.max()));
        });
        column.texts()
                .ifPresent(texts -> facts.put(
                        "length",
                        texts.shortest() == texts.longest()
                                ? Figures.plural(texts.longest(), "character")
                                : Figures.count(texts.shortest()) + " to "
                                        + Figures.plural(texts.longest(), "character")));
        column.times().ifPresent(times -> {
            facts.put("from", times.first());
            facts.put("to", times.last());
            facts.put("coverage", Figures.percent(times.coverage()) + " of " + periods(times));
        });
        if (column.numbers().isEmpty()
                && column.texts().isEmpty()
                && column.times().isEmpty()
                && !column.isEmpty()) {
            facts.put("range", Words.cut(column.min(), 40) + " to " + Words.cut(column.max(), 40));
        }
        return facts;
    }

    private static String periods(TimeDetails times) {
        String unit = Words.of(times.grain());
        return times.step() == 1
                ? Figures.plural(times.expected(), unit)
                : Figures.count(times.expected()) + " × " + Figures.plural(times.step(), unit);
    }

    private static void facts(Html html, Map<String, String> facts) {
        html.raw("<table class=\"facts\">");
        facts.forEach((name, value) -> html.raw("<tr><th scope=\"row\">")
                .text(name)
                .raw("</th><td>")
                .text(value)
                .raw("</td></tr>"));
        html.raw("</table>");
    }

    private static void picture(Html html, ColumnDetails column) {
        if (column.isEmpty()) {
            html.raw("<p class=\"none\">no values</p>");
        } else if (showsHistogram(column)) {
            HtmlPictures.histogram(html, column);
        } else {
            HtmlPictures.topValues(html, column, SHOWN_VALUES);
        }
    }

    private static boolean showsHistogram(ColumnDetails column) {
        return !column.histogram().bins().isEmpty() && column.distinct() > FEW_VALUES;
    }

    private static void more(Html html, ColumnDetails column) {
        if (column.isEmpty()) {
            return;
        }
        html.raw("<details><summary>More<span class=\"soft\"> about ")
                .name(Words.cut(column.name(), 40))
                .raw("</span></summary><div class=\"split\">");
        column.numbers().ifPresent(numbers -> numbers(html, column, numbers));
        column.texts().ifPresent(texts -> texts(html, texts));
        column.times().ifPresent(times -> times(html, times));
        html.raw("<div>");
        order(html, column);
        html.raw("<h4>Most frequent values" + (column.topAccuracy() == Accuracy.EXACT ? "" : " (seen in the sample)")
                + "</h4>");
        HtmlPictures.topValues(html, column, column.top().size());
        html.raw("</div></div></details>");
    }

    private static void order(Html html, ColumnDetails column) {
        if (column.order() != ColumnDetails.Order.NONE) {
            html.raw("<h4>Order of rows</h4><p>").text(Words.of(column.order())).raw("</p>");
        }
    }

    private static void numbers(Html html, ColumnDetails column, NumberDetails numbers) {
        Map<String, String> left = new LinkedHashMap<>();
        left.put("least", Figures.number(numbers.min()));
        numbers.quantiles()
                .forEach(quantile -> left.put(
                        (int) Math.round(quantile.part() * 100) + "%",
                        Words.about(numbers.quantileAccuracy()) + Figures.number(quantile.value())));
        left.put("greatest", Figures.number(numbers.max()));
        Map<String, String> right = new LinkedHashMap<>();
        right.put("sum", Figures.number(numbers.sum()));
        right.put("standard deviation", Figures.number(numbers.deviation()));
        right.put("interquartile range", Figures.number(numbers.interquartileRange()));
        right.put("skewness", Figures.number(numbers.skewness()));
        right.put("excess kurtosis", Figures.number(numbers.kurtosis()));
        right.put("zeros", share(numbers.zeros(), column.count()));
        right.put("negative", share(numbers.negatives(), column.count()));
        right.put("outliers (beyond 1.5 IQR)", share(numbers.outliers().count(), column.count()));
        html.raw("<div><h4>Quantiles</h4>");
        facts(html, left);
        html.raw("</div><div><h4>Shape</h4>");
        facts(html, right);
        if (!numbers.outliers().examples().isEmpty()) {
            html.raw("<h4>Most distant outliers</h4><p>")
                    .text(String.join(
                            " · ",
                            numbers.outliers().examples().stream()
                                    .map(Figures::number)
                                    .toList()))
                    .raw("</p>");
        }
        html.raw("</div>");
    }

    private static String share(long part, long whole) {
        return Figures.count(part) + " (" + Figures.percent(whole == 0 ? 0 : (double) part / whole) + ")";
    }

    private static void texts(Html html, TextDetails texts) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("shortest", Figures.plural(texts.shortest(), "character"));
        facts.put("mean length", Figures.number(texts.meanLength()));
        facts.put("longest", Figures.plural(texts.longest(), "character"));
        facts.put("blank", Figures.count(texts.blank()));
        facts.put("with outer spaces", Figures.count(texts.padded()));
        if (texts.sameButForCase() >= 0) {
            facts.put("differ only in case or spaces", Figures.count(texts.sameButForCase()));
        }
        texts.patterns()
                .forEach(pattern -> facts.put("looks like " + pattern.name(), Figures.percent(pattern.share())));
        html.raw("<div><h4>Text</h4>");
        facts(html, facts);
        html.raw("</div>");
    }

    private static void times(Html html, TimeDetails times) {
        html.raw("<div><h4>Time</h4>");
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("grain", Words.of(times.grain()) + (times.step() == 1 ? "" : ", every " + times.step()));
        facts.put("periods with rows", Figures.count(times.present()) + " of " + Figures.count(times.expected()));
        times.gaps()
                .forEach(gap -> facts.put(
                        gap.from() + (gap.from().equals(gap.to()) ? "" : " – " + gap.to()),
                        Figures.count(gap.periods()) + " missing"));
        facts(html, facts);
        html.raw("</div>");
    }
}
