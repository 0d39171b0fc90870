package dev.datastudio.agents.reporter.internal;

import org.jspecify.annotations.Nullable;

/**
 * What the writing of SQL came to. Immutable.
 *
 * @param sql the statement; empty when there is none
 * @param description what it computes
 * @param problem why there is no statement
 * @param question what it answers
 * @param shown what the model was shown; null when no table was found
 */
record Draft(
        String sql,
        String description,
        String problem,
        String question,
        @Nullable Shown shown) {
    boolean isWritten() {
        return !sql.isEmpty();
    }

    Draft with(String otherSql, String otherDescription) {
        return new Draft(otherSql, otherDescription.isEmpty() ? description : otherDescription, "", question, shown);
    }

    Shown tables() {
        if (shown == null) {
            throw new IllegalStateException("nothing was shown to the model");
        }
        return shown;
    }
}
