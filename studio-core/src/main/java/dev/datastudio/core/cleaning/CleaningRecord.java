package dev.datastudio.core.cleaning;

import dev.datastudio.api.dataset.DatasetId;
import java.util.List;
import java.util.Objects;

/**
 * How a version was cleaned, as its origin tells. Immutable.
 *
 * @param from the version it was made from
 * @param effects the steps that were done and what they did, in order, without examples; at least one
 */
public record CleaningRecord(DatasetId from, List<StepEffect> effects) {
    /** @throws IllegalArgumentException if there is no step */
    public CleaningRecord {
        Objects.requireNonNull(from, "from");
        effects = List.copyOf(effects);
        if (effects.isEmpty()) {
            throw new IllegalArgumentException("effects must not be empty");
        }
    }

    /** The steps that were done. */
    public CleaningRecipe recipe() {
        return new CleaningRecipe(effects.stream().map(StepEffect::step).toList());
    }
}
