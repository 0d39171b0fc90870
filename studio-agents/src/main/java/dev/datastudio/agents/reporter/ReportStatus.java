package dev.datastudio.agents.reporter;

import java.util.Locale;

/** How a report ended. */
public enum ReportStatus {
    /** Rows were found, or the conversation held the answer. */
    ANSWERED,
    /** The message has nothing to do with the data; the text is a short reply. */
    IRRELEVANT,
    /** No table is about the question. */
    NO_TABLE,
    /** The statement that answers the question finds no rows; the text says which condition removes them. */
    NO_ROWS,
    /** No statement could be written that the database runs; the text says why. */
    NOT_ANSWERED;

    /** The name in JSON: lower case. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
