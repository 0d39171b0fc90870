package dev.datastudio.agents.ask;

import java.util.Locale;

/** How a question ended. */
public enum AnswerStatus {
    /** Every intent was answered. */
    ANSWERED,
    /** The question has more than one reading; the suggestions are the readings, to be asked instead. */
    AMBIGUOUS,
    /** Words of the question fit nothing in the data. */
    NOT_UNDERSTOOD,
    /** The question is understood, but this data or this version can't answer it. */
    CANNOT_ANSWER,
    /** Something failed; only in answers that are written for another program, the Java API throws. */
    ERROR;

    /** The name in JSON: lower case. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
