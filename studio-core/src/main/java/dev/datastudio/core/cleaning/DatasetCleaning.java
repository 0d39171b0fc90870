package dev.datastudio.core.cleaning;

import static dev.datastudio.api.error.StudioException.quote;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.cleaning.internal.RecipeRun;
import dev.datastudio.core.cleaning.internal.RecordJson;
import dev.datastudio.core.cleaning.internal.Suggestions;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.dataset.ImportTarget;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Cleans the data sets of one caller: each cleaning gives a new version of the data set's name, and the version before
 * stays, so that going back is using that one. Thread-safe.
 *
 * <p>A recipe becomes one statement of the database, so that memory does not grow with the rows. Statistics it needs,
 * such as a median, are computed first and written into the version's origin with the steps. The same steps with the same
 * statistics on the same version give the version that is there already.
 *
 * <pre>{@code
 * DatasetCleaning cleaning = DatasetCleaning.of(studio.datasets());
 * CleaningRecipe recipe = CleaningRecipe.of(
 *         new CleaningStep.FillMissing("age", new Filling.Statistic(Kind.MEDIAN)),
 *         new CleaningStep.DropDuplicates(List.of(), Keep.FIRST));
 * Dataset cleaned = cleaning.apply(dataset, recipe, ProgressListener.NONE, Cancellation.none()).dataset();
 * }</pre>
 */
public final class DatasetCleaning {
    private final Datasets datasets;

    private DatasetCleaning(Datasets datasets) {
        this.datasets = datasets;
    }

    /** Cleaning of the data sets of a caller. */
    public static DatasetCleaning of(Datasets datasets) {
        return new DatasetCleaning(Objects.requireNonNull(datasets, "datasets"));
    }

    /**
     * What each step of a recipe would do, with examples. Stores nothing. Blocks while the rows are read, a few times
     * for each step.
     *
     * @throws StudioException as {@link #apply}, but for storing
     */
    public CleaningPreview preview(Dataset dataset, CleaningRecipe recipe, Cancellation cancellation) {
        try (RecipeRun run = RecipeRun.open(dataset, datasets.file(dataset), cancellation)) {
            for (CleaningStep step : recipe.steps()) {
                run.step(step, Map.of(), StepEffect.MAX_EXAMPLES);
            }
            return new CleaningPreview(run.effects(), run.columns(), run.rowCount());
        }
    }

    /**
     * Does what a recipe says and stores the rows as the next version of the data set's name. What was done stands in
     * its warnings. Blocks until it is stored.
     *
     * @throws StudioException naming the step, with {@link ErrorCode#UNKNOWN_COLUMN}, {@link ErrorCode#INVALID_NAME},
     *     {@link ErrorCode#INVALID_PLAN} for a condition or expression, or {@link ErrorCode#INVALID_ARGUMENT} when it
     *     can't be done on these rows or leaves none. {@link ErrorCode#DATASET_NOT_FOUND} when the data set is another
     *     caller's, {@link ErrorCode#LIMIT_EXCEEDED} when the record of the steps gets too long,
     *     {@link ErrorCode#QUERY_OUT_OF_MEMORY}, {@link ErrorCode#CANCELLED} or a {@code STORAGE_…} code; nothing of it
     *     stays
     */
    public CleaningResult apply(
            Dataset dataset, CleaningRecipe recipe, ProgressListener progress, Cancellation cancellation) {
        List<Map<String, Constant>> none =
                recipe.steps().stream().map(step -> Map.<String, Constant>of()).toList();
        return apply(dataset, recipe.steps(), none, progress, cancellation);
    }

    /**
     * Does on another version, or another data set, what was done to make a cleaned version.
     *
     * @param cleaned the version whose steps are done again
     * @param onto what they are done on
     * @param statistics whether a median is the one of then or the one of these rows
     * @throws StudioException as {@link #apply}, and with {@link ErrorCode#INVALID_ARGUMENT} when the version was not
     *     made by cleaning
     */
    public CleaningResult replay(
            Dataset cleaned,
            Dataset onto,
            ReplayStatistics statistics,
            ProgressListener progress,
            Cancellation cancellation) {
        CleaningRecord done = record(cleaned)
                .orElseThrow(() -> new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "Version " + cleaned.version() + " of " + quote(cleaned.name()) + " was not made by cleaning",
                        "Name a version whose origin is " + quote(Origin.CLEANED)));
        if (statistics == ReplayStatistics.RECOMPUTED) {
            return apply(onto, done.recipe(), progress, cancellation);
        }
        List<Map<String, Constant>> recorded =
                done.effects().stream().map(StepEffect::statistics).toList();
        return apply(onto, done.recipe().steps(), recorded, progress, cancellation);
    }

    /**
     * How a version was cleaned; empty when it was not made by cleaning.
     *
     * @throws StudioException with {@link ErrorCode#DATASET_NOT_FOUND} when the data set is another caller's,
     *     {@link ErrorCode#INVALID_PLAN} when its origin can't be read
     */
    public Optional<CleaningRecord> record(Dataset cleaned) {
        Dataset own = datasets.get(cleaned.id());
        return own.origin().kind().equals(Origin.CLEANED)
                ? Optional.of(RecordJson.read(own.origin().detail()))
                : Optional.empty();
    }

    /**
     * The version that a cleaned one was made from: what undoes the cleaning. Empty when it was not made by cleaning.
     *
     * @throws StudioException with {@link ErrorCode#DATASET_NOT_FOUND} when one of the two is not there
     */
    public Optional<Dataset> before(Dataset cleaned) {
        return record(cleaned).map(done -> datasets.get(done.from()));
    }

    /**
     * Steps that a data set may need, in the order they are best done. Blocks while all rows are read a few times.
     *
     * @throws StudioException as {@link #preview}
     */
    public List<CleaningSuggestion> suggest(Dataset dataset, Cancellation cancellation) {
        return Suggestions.find(dataset, datasets.file(dataset), cancellation);
    }

    private CleaningResult apply(
            Dataset dataset,
            List<CleaningStep> steps,
            List<Map<String, Constant>> recorded,
            ProgressListener progress,
            Cancellation cancellation) {
        List<StepEffect> effects;
        RecipeRun.Statement statement;
        try (RecipeRun run = RecipeRun.open(dataset, datasets.file(dataset), cancellation)) {
            for (int i = 0; i < steps.size(); i++) {
                run.report(progress, i, steps.size());
                run.step(steps.get(i), recorded.get(i), 0);
            }
            effects = run.effects();
            statement = run.statement();
        }
        String detail = RecordJson.write(dataset, effects);
        if (detail.length() > Origin.MAX_DETAIL) {
            throw new StudioException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "The record of the steps has " + detail.length() + " characters, more than " + Origin.MAX_DETAIL,
                    "Clean in several recipes");
        }
        ImportTarget target = ImportTarget.named(dataset.name())
                .from(Origin.of(Origin.CLEANED, detail))
                .expecting(statement.rows())
                .reportingTo(progress)
                .stoppedBy(cancellation);
        for (StepEffect effect : effects) {
            target = target.noting(effect.said() + ".");
        }
        Dataset cleaned = datasets.importQuery(target, dataset, statement.sql(), statement.parameters());
        return new CleaningResult(cleaned, effects);
    }
}
