package dev.datastudio.ml.registry;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.dataset.ImportTarget;
import dev.datastudio.ml.prepare.internal.RawTable;
import dev.datastudio.ml.registry.internal.KeptModel;
import dev.datastudio.ml.registry.internal.MadeRows;
import dev.datastudio.ml.registry.internal.ModelStore;
import dev.datastudio.ml.registry.internal.PredictedRows;
import dev.datastudio.ml.train.internal.Generator;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The trained models of one caller: found, used, deleted. What belongs to others is not there.
 *
 * <pre>{@code
 * TrainedModel model = Models.of(studio).find("churn").orElseThrow();
 * Prediction one = Models.of(studio).predict(model.id(), Map.of("age", 41, "plan", "basic"));
 * Dataset all = Models.of(studio).predict(model.id(), customers, "customers with churn");
 * }</pre>
 *
 * <p>Works as long as the studio is open. Thread-safe.
 */
public final class Models {
    private static final long MOST_MADE = 1_000_000;

    private final Studio studio;
    private final Caller caller;
    private final ModelStore store;

    private Models(Studio studio, Caller caller) {
        this.studio = studio;
        this.caller = caller;
        this.store = new ModelStore(studio, caller);
    }

    /** The models of the studio's own caller. */
    public static Models of(Studio studio) {
        return new Models(studio, studio.caller());
    }

    /** Those of another caller, such as the user of a request. */
    public Models as(Caller who) {
        return new Models(studio, Objects.requireNonNull(who, "who"));
    }

    /** All of them, the newest first. */
    public List<TrainedModel> list() {
        return store.list();
    }

    /** The newest version of a name. */
    public Optional<TrainedModel> find(String name) {
        return versions(name).stream().findFirst();
    }

    /** All versions of a name, the newest first. */
    public List<TrainedModel> versions(String name) {
        return store.list().stream().filter(model -> model.name().equals(name)).toList();
    }

    /**
     * What is known of a model.
     *
     * @throws StudioException with {@link ErrorCode#TRAINED_MODEL_NOT_FOUND}
     */
    public TrainedModel get(String id) {
        return store.find(id).orElseThrow(() -> ModelStore.notFound(id));
    }

    /**
     * Deletes a model.
     *
     * @throws StudioException with {@link ErrorCode#TRAINED_MODEL_NOT_FOUND}
     */
    public void delete(String id) {
        Activity activity = Activity.of(caller, "model.delete").about(id);
        studio.activities()
                .watching(
                        activity,
                        () -> {
                            TrainedModel model = get(id);
                            store.delete(id);
                            return model;
                        },
                        (told, model) -> told.with("name", model.name()));
    }

    /** As {@link #predict(String, List)}, of one row. */
    public Prediction predict(String id, Map<String, ?> row) {
        return predict(id, List.of(row)).get(0);
    }

    /**
     * What a model says of rows.
     *
     * @param rows a value for each of {@link TrainedModel#columns()}, null for one that is missing: numbers, true or
     *     false, texts, and points in time as java.time values or ISO texts. Other values are not looked at
     * @return as many as rows, in their order
     * @throws StudioException with {@link ErrorCode#TRAINED_MODEL_NOT_FOUND}; {@link ErrorCode#INVALID_ARGUMENT} when a
     *     column is not there or a value is of another kind than in training; {@link ErrorCode#TRAINED_MODEL_DAMAGED}
     */
    public List<Prediction> predict(String id, List<? extends Map<String, ?>> rows) {
        Map<String, ColumnType> columns = get(id).columns();
        for (Map<String, ?> row : rows) {
            for (String column : columns.keySet()) {
                if (!row.containsKey(column)) {
                    throw new StudioException(
                            ErrorCode.INVALID_ARGUMENT,
                            "A row has no " + StudioException.quote(column) + ", which the model predicts from",
                            "Give a value or null for each of " + columns.keySet());
                }
            }
        }
        try (KeptModel model = store.load(id)) {
            return model.predict(RawTable.of(model.preparation().columns(), rows));
        }
    }

    /**
     * A new data set with the rows of another one and what a model says of each: {@code predicted TARGET}, and for
     * classes {@code share of CLASS} for each.
     *
     * @param name of the new data set
     * @throws StudioException as {@link #predict(String, List)}, and when rows can't be stored
     */
    public Dataset predict(String id, Dataset dataset, String name) {
        TrainedModel known = get(id);
        known.columns().keySet().forEach(dataset::column);
        Datasets datasets = studio.datasets().as(caller);
        try (KeptModel model = store.load(id);
                Stream<Map<String, @Nullable Object>> rows = datasets.rows(dataset)) {
            ImportTarget target = ImportTarget.named(name).from(Origin.of("predicted", id));
            return datasets.importRows(target, new PredictedRows(dataset, rows.iterator(), known, model));
        } catch (SQLException e) {
            throw new IllegalStateException("rows are read from no database", e);
        }
    }

    /**
     * A new data set of rows that a generative network makes, in the columns that it learnt.
     *
     * @param rows how many, from 1 to 1,000,000
     * @param seed the same gives the same rows
     * @param name of the new data set
     * @throws StudioException with {@link ErrorCode#TRAINED_MODEL_NOT_FOUND}; {@link ErrorCode#INVALID_ARGUMENT} when the
     *     model is of another kind, or for that many rows; {@link ErrorCode#TRAINED_MODEL_DAMAGED}
     */
    public Dataset generate(String id, long rows, long seed, String name) {
        if (rows < 1 || rows > MOST_MADE) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, rows + " rows can't be made", "Ask for 1 to " + MOST_MADE);
        }
        get(id);
        try (KeptModel model = store.load(id)) {
            if (!(model.model() instanceof Generator generator)) {
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "The model " + StudioException.quote(id) + " makes no rows",
                        "Use a model of a generative_network");
            }
            ImportTarget target = ImportTarget.named(name).from(Origin.of("generated", id));
            return studio.datasets()
                    .as(caller)
                    .importRows(target, new MadeRows(model.preparation(), generator, rows, seed));
        } catch (SQLException e) {
            throw new IllegalStateException("rows are read from no database", e);
        }
    }
}
