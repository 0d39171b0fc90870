package dev.datastudio.core.cleaning;

import java.util.List;

/**
 * What a recipe would make of a data set. Immutable.
 *
 * @param effects what each step would do, in order
 * @param columns the columns there would be, in order
 * @param rows how many rows there would be
 */
public record CleaningPreview(List<StepEffect> effects, List<String> columns, long rows) {
    public CleaningPreview {
        effects = List.copyOf(effects);
        columns = List.copyOf(columns);
    }
}
