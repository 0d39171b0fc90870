package dev.datastudio.agents.eval;

import java.util.Locale;

/** How one question of a set ended. */
public enum EvaluationOutcome {
    /** Answered, and the answer is the expected one. */
    RIGHT,
    /** Not answered: ambiguous, not understood or said to be beyond the data. */
    REFUSED,
    /** Answered with something else than expected. */
    WRONG,
    /** The question, or the import of its tables, ended in an error. */
    FAILED,
    /** Can't be judged, as when what is expected depends on the day; belongs to no share. */
    SKIPPED;

    /** The name in JSON: lower case. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
