package dev.datastudio.core.cleaning;

import dev.datastudio.api.dataset.Dataset;
import java.util.List;
import java.util.Objects;

/**
 * What a recipe made of a data set. Immutable.
 *
 * @param dataset the cleaned version
 * @param effects what each step did, in order, without examples
 */
public record CleaningResult(Dataset dataset, List<StepEffect> effects) {
    public CleaningResult {
        Objects.requireNonNull(dataset, "dataset");
        effects = List.copyOf(effects);
    }
}
