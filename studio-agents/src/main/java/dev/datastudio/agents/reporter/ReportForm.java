package dev.datastudio.agents.reporter;

import java.util.Locale;

/** In which form rows are shown. */
public enum ReportForm {
    /** In words alone. */
    TEXT,
    /** In words and as a table. */
    TABLE,
    /** In words, as a table and as a chart. */
    CHART;

    /** The name in JSON: lower case. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
