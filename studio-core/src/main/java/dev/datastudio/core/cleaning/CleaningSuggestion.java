package dev.datastudio.core.cleaning;

import java.util.Objects;

/**
 * A step that a data set may need. Immutable.
 *
 * @param step what could be done
 * @param reason why, with numbers, a whole sentence
 */
public record CleaningSuggestion(CleaningStep step, String reason) {
    public CleaningSuggestion {
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(reason, "reason");
    }
}
