package dev.datastudio.app.model;

import dev.datastudio.agents.model.ModelCheck;
import java.util.Optional;

/**
 * What came of trying a model with one short call.
 *
 * @param ok whether it answered
 * @param millis how long it took
 * @param message what happened, for people
 * @param mend what to do about it; empty when it answered
 * @param code what went wrong, for programs; null when it answered
 * @param model the model that answered, as its service calls it; null when it did not
 */
public record ModelTest(
        boolean ok, long millis, String message, String mend, Optional<String> code, Optional<String> model) {
    static ModelTest of(ModelCheck check) {
        long millis = check.took().toMillis();
        if (check instanceof ModelCheck.Answered answered) {
            return new ModelTest(true, millis, "It answered.", "", Optional.empty(), Optional.of(answered.modelName()));
        }
        if (check instanceof ModelCheck.Failed failed) {
            return new ModelTest(
                    false,
                    millis,
                    failed.what(),
                    failed.mend(),
                    Optional.of(failed.code().name()),
                    Optional.empty());
        }
        throw new AssertionError(check);
    }
}
