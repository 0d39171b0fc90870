package dev.datastudio.ml.explore.internal;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.ml.drift.internal.Snapshot;
import dev.datastudio.ml.evaluate.Evaluation;
import dev.datastudio.ml.explore.ExploreSpec;
import dev.datastudio.ml.explore.ExploreSpecJson;
import dev.datastudio.ml.registry.ModelSource;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.registry.internal.KeptModel;
import dev.datastudio.ml.registry.internal.ModelStore;
import dev.datastudio.ml.spec.Task;
import dev.datastudio.ml.train.internal.model.Model;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what was found: of each row as a data set, and for new rows as a model, when names for these were given.
 *
 * @param rows the new data set
 * @param model the model
 */
record Keeping(Optional<Dataset> rows, Optional<TrainedModel> model) {
    /**
     * What a model is made of.
     *
     * @param method the kind of the model
     * @param classes what it tells apart; empty for numbers only
     * @param evaluation how clear it is
     * @param found what people should know of what it tells, a sentence each
     */
    record Parts(
            String method,
            ExploreSpec spec,
            Task task,
            Model model,
            List<String> classes,
            Evaluation evaluation,
            List<String> found,
            List<String> warnings) {}

    /**
     * Keeps both or none: the data set, which takes long and can be cancelled, when the model is ready to be saved.
     *
     * @param kind of what was found
     */
    static Keeping of(Inquiry inquiry, Space space, KeptRows.Found found, Kind kind, Parts parts) {
        inquiry.options().cancellation().throwIfCancelled();
        if (inquiry.options().keepModelAs().isBlank()) {
            return new Keeping(KeptRows.keep(inquiry, space.preparation(), found, kind), Optional.empty());
        }
        List<Snapshot> snapshots = space.columns().stream()
                .map(name -> Snapshot.of(space.table().column(name)))
                .toList();
        KeptModel kept = new KeptModel(space.preparation(), parts.classes(), parts.model(), snapshots);
        byte[] content = kept.write();
        Optional<Dataset> rows = KeptRows.keep(inquiry, space.preparation(), found, kind);
        return new Keeping(rows, Optional.of(saved(inquiry, space, kept, content, parts)));
    }

    /** The model as it is kept now, or was by a process that was lost after that. */
    private static TrainedModel saved(Inquiry inquiry, Space space, KeptModel kept, byte[] content, Parts parts) {
        ModelStore store = new ModelStore(inquiry.studio(), inquiry.caller());
        Optional<TrainedModel> before = store.find(inquiry.model());
        if (before.isPresent()) {
            return before.get();
        }
        Dataset dataset = inquiry.dataset();
        String name = inquiry.options().keepModelAs().strip();
        Instant end = inquiry.studio().clock().instant().truncatedTo(ChronoUnit.MILLIS);
        TrainedModel known = new TrainedModel(
                inquiry.model(),
                inquiry.caller(),
                name,
                store.nextVersion(name),
                "",
                new ModelSource.Explored(
                        parts.method(),
                        ExploreSpecJson.write(parts.spec()),
                        new TrainedModel.Data(
                                dataset.id().toString(),
                                dataset.name(),
                                dataset.version(),
                                dataset.contentHash(),
                                space.points().rows()),
                        Duration.ofMillis(Duration.between(inquiry.begin(), end).toMillis()),
                        parts.found()),
                kept.signature(parts.task(), ""),
                parts.warnings(),
                parts.evaluation(),
                content.length,
                end);
        store.save(known, content);
        return known;
    }
}
