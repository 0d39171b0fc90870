package dev.datastudio.ml.explore.internal;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.drift.internal.Snapshot;
import dev.datastudio.ml.evaluate.Evaluation;
import dev.datastudio.ml.explore.ExploreOptions;
import dev.datastudio.ml.explore.ExploreSpec;
import dev.datastudio.ml.explore.ExploreSpecJson;
import dev.datastudio.ml.registry.ModelSource;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.registry.internal.KeptModel;
import dev.datastudio.ml.registry.internal.ModelStore;
import dev.datastudio.ml.spec.Task;
import dev.datastudio.ml.train.internal.Model;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Keeps what was found as a model for new rows, when a name for that was given. */
final class Keeping {
    private final Studio studio;
    private final Caller caller;
    private final Dataset dataset;
    private final ExploreOptions options;
    private final Instant begin;

    /** Before anything is looked for, so that it is known how long that takes. */
    Keeping(Studio studio, Caller caller, Dataset dataset, ExploreOptions options) {
        this.studio = studio;
        this.caller = caller;
        this.dataset = dataset;
        this.options = options;
        this.begin = studio.clock().instant();
    }

    /**
     * Keeps it.
     *
     * @param method the kind of the model
     * @param classes what it tells apart; empty for numbers only
     * @param evaluation how clear it is
     */
    Optional<TrainedModel> model(
            String method,
            ExploreSpec spec,
            Task task,
            Space space,
            Model model,
            List<String> classes,
            Evaluation evaluation,
            List<String> warnings) {
        if (options.keepModelAs().isBlank()) {
            return Optional.empty();
        }
        options.cancellation().throwIfCancelled();
        List<Snapshot> rows = space.columns().stream()
                .map(name -> Snapshot.of(space.table().column(name)))
                .toList();
        KeptModel kept = new KeptModel(space.preparation(), classes, model, rows);
        byte[] content = kept.write();
        ModelStore store = new ModelStore(studio, caller);
        String name = options.keepModelAs().strip();
        Instant end = studio.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        TrainedModel known = new TrainedModel(
                UUID.randomUUID().toString(),
                caller,
                name,
                store.nextVersion(name),
                "",
                new ModelSource.Explored(
                        method,
                        ExploreSpecJson.write(spec),
                        new TrainedModel.Data(
                                dataset.id().toString(),
                                dataset.name(),
                                dataset.version(),
                                dataset.contentHash(),
                                space.points().rows()),
                        Duration.ofMillis(Duration.between(begin, end).toMillis())),
                kept.signature(task, ""),
                warnings,
                evaluation,
                content.length,
                end);
        store.save(known, content);
        return Optional.of(known);
    }
}
