package dev.datastudio.core.profile.internal;

import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.core.profile.DatasetProfile;
import dev.datastudio.core.profile.DatasetProfile.Overview;
import dev.datastudio.core.profile.ProfileAlert;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The report of one profile. */
public final class HtmlReport {
    private static final int SHOWN_ALERTS = 12;
    private static final int NAMED = 6;

    private HtmlReport() {}

    /** The whole page. */
    public static String of(DatasetProfile profile) {
        Html html = new Html();
        Map<String, String> links = new LinkedHashMap<>();
        links.put("overview", "Overview");
        links.put("alerts", "Alerts");
        links.put("columns", "Columns");
        links.put("missing", "Missing values");
        links.put("associations", "Associations");
        links.put("keys", "Keys");
        links.put("rows", "Rows");
        Overview overview = profile.overview();
        HtmlPage.begin(
                html,
                profile.name(),
                "Profile of " + Figures.plural(overview.rows(), "row") + " and "
                        + Figures.plural(overview.columns(), "column"),
                links);
        section(html, "overview", "Overview");
        overview(html, profile);
        section(html, "alerts", "Alerts");
        alerts(html, profile.alerts());
        section(html, "columns", "Columns");
        HtmlColumns.write(html, profile.columns());
        section(html, "missing", "Missing values");
        HtmlTables.missing(html, profile);
        section(html, "associations", "Associations");
        HtmlTables.correlations(html, profile.correlations());
        section(html, "keys", "Keys and dependencies");
        HtmlTables.keys(html, profile);
        section(html, "rows", "Rows");
        HtmlTables.rows(html, profile);
        html.raw("</section>\n");
        HtmlPage.end(html);
        return html.toString();
    }

    private static void section(Html html, String id, String title) {
        html.raw(id.equals("overview") ? "" : "</section>\n")
                .raw("<section aria-labelledby=\"" + id + "\"><h2 id=\"" + id + "\">")
                .raw(title)
                .raw("</h2>\n");
    }

    private static void overview(Html html, DatasetProfile profile) {
        Overview overview = profile.overview();
        html.raw("<dl class=\"tiles\">");
        tile(html, "rows", Figures.count(overview.rows()), "");
        tile(html, "columns", Figures.count(overview.columns()), roles(profile));
        tile(
                html,
                "missing cells",
                Figures.percent(overview.missingShare()),
                overview.missingCells() == 0
                        ? "each row is complete"
                        : Figures.plural(overview.missingCells(), "cell") + ", in "
                                + Figures.plural(overview.rowsWithMissing(), "row"));
        tile(
                html,
                "duplicate rows",
                Figures.count(overview.duplicateRows()),
                overview.duplicateRows() == 0
                        ? "each row is different"
                        : Figures.percent(overview.duplicateShare()) + " of the rows");
        tile(html, "on disk", Figures.bytes(overview.storedBytes()), "as stored");
        tile(html, "in memory", "≈ " + Figures.bytes(overview.memoryBytes()), "uncompressed");
        html.raw("</dl>");
        for (String note : profile.notes()) {
            html.raw("<p class=\"soft\">").text(note).raw("</p>");
        }
    }

    private static String roles(DatasetProfile profile) {
        StringBuilder words = new StringBuilder();
        for (ColumnRole role : ColumnRole.values()) {
            long count = profile.columns().stream()
                    .filter(column -> column.role() == role)
                    .count();
            if (count > 0) {
                words.append(words.length() == 0 ? "" : ", ").append(roleCount(count, role));
            }
        }
        return words.toString();
    }

    private static String roleCount(long count, ColumnRole role) {
        return Figures.plural(count, Words.of(role));
    }

    private static void tile(Html html, String name, String value, String more) {
        html.raw("<div class=\"tile\"><dt>" + name + "</dt><dd>" + value);
        html.raw(more.isEmpty() ? "" : "<small>" + more + "</small>").raw("</dd></div>");
    }

    private static void alerts(Html html, List<ProfileAlert> alerts) {
        if (alerts.isEmpty()) {
            html.raw("<p class=\"card\">Nothing stands out.</p>");
            return;
        }
        html.raw("<div class=\"card\">");
        List<AlertGroup> groups = AlertGroup.of(alerts);
        int shown = groups.size() <= SHOWN_ALERTS + 2 ? groups.size() : SHOWN_ALERTS;
        list(html, groups.subList(0, shown));
        if (shown < groups.size()) {
            html.raw("<details><summary>" + (groups.size() - shown) + " more</summary>");
            list(html, groups.subList(shown, groups.size()));
            html.raw("</details>");
        }
        html.raw("</div>");
    }

    static void list(Html html, List<AlertGroup> groups) {
        html.raw("<ul class=\"alerts\">");
        for (AlertGroup group : groups) {
            String severity = Words.of(group.severity());
            html.raw("<li><span class=\"badge " + severity + "\">" + severity + "</span><div>")
                    .text(group.summary(NAMED));
            if (!group.isOne()) {
                html.raw("<details><summary>Each of them</summary><ul>");
                group.alerts()
                        .forEach(alert -> html.raw("<li>").text(alert.message()).raw("</li>"));
                html.raw("</ul></details>");
            }
            html.raw("</div></li>");
        }
        html.raw("</ul>");
    }
}
