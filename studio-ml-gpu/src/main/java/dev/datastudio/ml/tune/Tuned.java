package dev.datastudio.ml.tune;

import dev.datastudio.ml.registry.TrainedModel;
import java.util.List;
import java.util.Objects;

/**
 * What a search came to. Immutable.
 *
 * @param model trained by the best spec and judged on rows that took no part in the search
 * @param tries all that was tried, in order: those on all rows decide, the others chose them
 */
public record Tuned(TrainedModel model, List<Try> tries) {
    public Tuned {
        Objects.requireNonNull(model, "model");
        tries = List.copyOf(tries);
    }
}
