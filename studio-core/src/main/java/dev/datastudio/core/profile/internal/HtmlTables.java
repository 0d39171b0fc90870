package dev.datastudio.core.profile.internal;

import dev.datastudio.core.profile.Accuracy;
import dev.datastudio.core.profile.ColumnDetails;
import dev.datastudio.core.profile.CorrelationMatrix;
import dev.datastudio.core.profile.DatasetProfile;
import dev.datastudio.core.profile.DatasetProfile.DuplicateRow;
import dev.datastudio.core.profile.DatasetProfile.MissingBlock;
import dev.datastudio.core.profile.DatasetProfile.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tables of a report: missing values, associations, keys, rows. */
final class HtmlTables {
    private static final int DENSE = 14;
    private static final double NO_TEXT = 0.005;

    private HtmlTables() {}

    /** Where values are missing, a strip from the first rows to the last for each column. */
    static void missing(Html html, DatasetProfile profile) {
        if (profile.missingBlocks().isEmpty()) {
            html.raw("<p class=\"card\">No value is missing.</p>");
            return;
        }
        html.raw("<div class=\"card scroll\"><table class=\"data\"><thead><tr><th scope=\"col\">Column</th><th"
                + " scope=\"col\" class=\"n\">Missing</th><th scope=\"col\" class=\"n\">Share</th><th scope=\"col\">First"
                + " row → last row</th></tr></thead><tbody>");
        List<ColumnDetails> columns = profile.columns();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).missing() > 0) {
                missing(html, columns.get(i), i, profile.missingBlocks());
            }
        }
        html.raw("</tbody></table></div>");
    }

    private static void missing(Html html, ColumnDetails column, int position, List<MissingBlock> blocks) {
        html.raw("<tr><th scope=\"row\" title=\"")
                .text(Words.cut(column.name(), 300))
                .raw("\">")
                .name(column.name())
                .raw("</th><td class=\"n\">" + Figures.count(column.missing()) + "</td><td class=\"n\">"
                        + Figures.percent(column.missingShare())
                        + "</td><td><div class=\"strip\" aria-hidden=\"true\">");
        for (MissingBlock block : blocks) {
            double share = (double) block.missing().get(position) / Math.max(1, block.rows());
            html.raw("<i style=\"opacity:" + HtmlPictures.plain(share) + "\" title=\"rows "
                    + Figures.count(block.firstRow()) + " to " + Figures.count(block.firstRow() + block.rows() - 1)
                    + ": " + Figures.percent(share) + " missing\"></i>");
        }
        html.raw("</div></td></tr>");
    }

    /** A heat map of each measure, the first one open. */
    static void correlations(Html html, List<CorrelationMatrix> matrices) {
        if (matrices.isEmpty()) {
            html.raw("<p class=\"card\">There are no two columns that could be compared.</p>");
        }
        boolean first = true;
        for (CorrelationMatrix matrix : matrices) {
            html.raw("<details class=\"card\"" + (first ? " open" : "") + "><summary>")
                    .text(title(matrix.method()))
                    .raw("</summary><p class=\"soft\">")
                    .text(explanation(matrix))
                    .raw("</p><div class=\"scroll\">");
            heat(html, matrix);
            html.raw("</div></details>");
            first = false;
        }
    }

    private static String title(CorrelationMatrix.Method method) {
        return switch (method) {
            case PEARSON -> "Pearson's r: linear correlation of numbers";
            case SPEARMAN -> "Spearman's ρ: rank correlation of numbers";
            case CRAMERS_V -> "Cramér's V: association of categories";
            case CORRELATION_RATIO -> "Correlation ratio η: how far categories explain numbers";
        };
    }

    private static String explanation(CorrelationMatrix matrix) {
        String rows = matrix.accuracy() == Accuracy.EXACT
                ? "From all " + Figures.plural(matrix.rows(), "row") + "."
                : "From " + Figures.plural(matrix.rows(), "sampled row") + ".";
        String range = switch (matrix.method()) {
            case PEARSON, SPEARMAN -> "From -1 (opposite) over 0 (none) to 1 (together). ";
            case CRAMERS_V -> "From 0 (none) to 1 (one tells the other), with bias correction. ";
            case CORRELATION_RATIO -> "From 0 (none) to 1 (all of the spread is between the categories). ";
        };
        return range + rows;
    }

    private static void heat(Html html, CorrelationMatrix matrix) {
        boolean dense = matrix.columnColumns().size() > DENSE;
        html.raw("<table class=\"heat" + (dense ? " dense" : "") + "\"><thead><tr><th></th>");
        matrix.columnColumns()
                .forEach(name -> html.raw("<th scope=\"col\" title=\"")
                        .text(Words.cut(name, 300))
                        .raw("\"><div>")
                        .name(Words.cut(name, 40))
                        .raw("</div></th>"));
        html.raw("</tr></thead><tbody>");
        for (int i = 0; i < matrix.rowColumns().size(); i++) {
            String name = matrix.rowColumns().get(i);
            html.raw("<tr><th scope=\"row\" title=\"")
                    .text(Words.cut(name, 300))
                    .raw("\">")
                    .name(Words.cut(name, 40))
                    .raw("</th>");
            for (int j = 0; j < matrix.columnColumns().size(); j++) {
                cell(
                        html,
                        name,
                        matrix.columnColumns().get(j),
                        matrix.values().get(i).get(j));
            }
            html.raw("</tr>");
        }
        html.raw("</tbody></table>");
    }

    private static void cell(Html html, String row, String column, double value) {
        String text =
                Double.isNaN(value) ? "–" : Math.abs(value) < NO_TEXT ? "0" : String.format(Locale.ROOT, "%.2f", value);
        double strength = Double.isNaN(value) ? 0 : Math.abs(value);
        String color =
                "rgba(var(--" + (value < 0 ? "minus" : "plus") + ")," + HtmlPictures.plain(strength * 0.95) + ")";
        html.raw("<td style=\"background-color:" + color + (strength > 0.9 ? ";color:#fff" : "") + "\" title=\"")
                .text(Words.cut(row, 60) + " and " + Words.cut(column, 60) + ": " + text)
                .raw("\">" + text + "</td>");
    }

    /** Keys and dependencies. */
    static void keys(Html html, DatasetProfile profile) {
        html.raw("<div class=\"card\">");
        if (profile.keys().isEmpty()) {
            html.raw("<p>No column, and no pair of columns, is different in each row.</p>");
        } else {
            html.raw("<p>Different in each row:</p><ul>");
            profile.keys()
                    .forEach(key -> html.raw("<li>")
                            .name(Words.cut(String.join(" + ", key.columns()), 200))
                            .raw("</li>"));
            html.raw("</ul>");
        }
        if (!profile.dependencies().isEmpty()) {
            html.raw("<p>The value of one column tells that of another:</p><ul>");
            profile.dependencies()
                    .forEach(dependency -> html.raw("<li>")
                            .name(dependency.determinant())
                            .raw(" → ")
                            .name(dependency.dependent())
                            .raw("</li>"));
            html.raw("</ul>");
        }
        html.raw("</div>");
    }

    /** Some rows of the data. */
    static void rows(Html html, DatasetProfile profile) {
        html.raw("<h3 class=\"part\">First rows</h3>");
        table(html, profile.columns(), profile.sample().head(), List.of());
        if (!profile.sample().tail().isEmpty()) {
            html.raw("<h3 class=\"part\">Last rows</h3>");
            table(html, profile.columns(), profile.sample().tail(), List.of());
        }
        List<DuplicateRow> duplicates = profile.sample().duplicates();
        if (!duplicates.isEmpty()) {
            html.raw("<h3 class=\"part\">Rows that stand more than once</h3>");
            table(
                    html,
                    profile.columns(),
                    duplicates.stream().map(DuplicateRow::row).toList(),
                    new ArrayList<>(duplicates.stream().map(DuplicateRow::count).toList()));
        }
    }

    private static void table(Html html, List<ColumnDetails> columns, List<Row> rows, List<Long> counts) {
        html.raw("<div class=\"card scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Rows of the data\"><table"
                + " class=\"data\"><thead><tr><th scope=\"col\" class=\"n\">row</th>"
                + (counts.isEmpty() ? "" : "<th scope=\"col\" class=\"n\">times</th>"));
        for (ColumnDetails column : columns) {
            html.raw("<th scope=\"col\"" + align(column) + ">")
                    .name(column.name())
                    .raw("</th>");
        }
        html.raw("</tr></thead><tbody>");
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            html.raw("<tr><th scope=\"row\" class=\"n\">" + Figures.count(row.number()) + "</th>"
                    + (counts.isEmpty() ? "" : "<td class=\"n\">" + Figures.count(counts.get(i)) + "</td>"));
            for (int j = 0; j < columns.size(); j++) {
                html.raw("<td" + align(columns.get(j)) + ">");
                row.values().get(j).ifPresentOrElse(html::name, () -> html.raw("<span class=\"none\">missing</span>"));
                html.raw("</td>");
            }
            html.raw("</tr>");
        }
        html.raw("</tbody></table></div>");
    }

    private static String align(ColumnDetails column) {
        return column.numbers().isPresent() ? " class=\"n\"" : "";
    }
}
