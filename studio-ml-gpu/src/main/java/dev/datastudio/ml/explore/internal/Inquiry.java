package dev.datastudio.ml.explore.internal;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.explore.ExploreOptions;
import dev.datastudio.ml.train.internal.model.Course;
import java.time.Instant;

/**
 * Who looks into what, and how. Immutable.
 *
 * @param model the id that the model gets, when one is kept
 * @param begin when it began
 */
public record Inquiry(
        Studio studio, Caller caller, Dataset dataset, ExploreOptions options, String model, Instant begin) {
    Course course() {
        return new Course(
                options.cancellation(), options.progress(), Runtime.getRuntime().availableProcessors());
    }
}
