package dev.datastudio.agents.loader.internal;

import dev.datastudio.agents.loader.LoadOptions;
import dev.datastudio.agents.loader.LoadOptions.Writing;
import dev.datastudio.agents.loader.LoadReport;
import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.telemetry.StudioEngines;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.relation.DatabaseRelations;
import dev.datastudio.core.source.Source;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.RunOptions;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs the graph that loads databases of a studio. Thread-safe. */
public final class Loading {
    private final Studio studio;
    private final Engine engine;
    private final Graph<LoadGraph.Input, LoadGraph.Output> graph = LoadGraph.create();

    public Loading(Studio studio) {
        this.studio = studio;
        this.engine = studio.closing(StudioEngines.of(studio).engine().build());
    }

    /** Loads a database of a caller's tenant. */
    public LoadReport load(
            Caller caller, SourceId id, LoadOptions options, ProgressListener progress, Cancellation cancellation) {
        long start = System.nanoTime();
        cancellation.throwIfCancelled();
        Source source = studio.sources().as(caller).get(id);
        LoadModel model = model(caller, options).orElse(null);
        try (DatabaseRelations database = open(caller, source)) {
            LoadTask task = new LoadTask(studio, caller, source, options, progress, model, database);
            if (database == null) {
                task.warn("Values of " + StudioException.quote(source.name())
                        + " can't be compared, so that only declared relations are known");
            }
            RunOptions run = RunOptions.builder()
                    .caller(caller)
                    .cancellation(cancellation)
                    .keptEvents(0)
                    .build();
            LoadGraph.Output output = engine.run(graph, new LoadGraph.Input(task), run);
            return new LoadReport(
                    id,
                    task.outcomes(),
                    output.known().relations(),
                    output.checked().unsupported(),
                    model == null ? 0 : model.calls(),
                    model == null ? 0 : model.tokens(),
                    task.warnings(),
                    Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private Optional<LoadModel> model(Caller caller, LoadOptions options) {
        if (options.writing() == Writing.BUILT_IN) {
            return Optional.empty();
        }
        Models models = Models.of(studio).as(caller);
        Optional<ModelConfig> config = options.writing() == Writing.MODEL
                ? Optional.of(models.config(options.model()))
                : models.configs().active();
        return config.map(each -> new LoadModel(models, each));
    }

    /** Nothing for a database of the host program that has no dialect of ours. */
    private @Nullable DatabaseRelations open(Caller caller, Source source) {
        try {
            return studio.relations().as(caller).open(source.id());
        } catch (StudioException e) {
            if (source.kind() == SourceKind.HOST && e.code() == ErrorCode.SOURCE_INVALID) {
                return null;
            }
            throw e;
        }
    }
}
