package dev.datastudio.ml.registry;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.dataset.ImportTarget;
import dev.datastudio.ml.drift.Drift;
import dev.datastudio.ml.drift.internal.DriftCount;
import dev.datastudio.ml.evaluate.Evaluation;
import dev.datastudio.ml.internal.Comparing;
import dev.datastudio.ml.onnx.internal.OnnxFile;
import dev.datastudio.ml.prepare.internal.RawTable;
import dev.datastudio.ml.registry.internal.KeptModel;
import dev.datastudio.ml.registry.internal.MadeRows;
import dev.datastudio.ml.registry.internal.ModelRows;
import dev.datastudio.ml.registry.internal.ModelStore;
import dev.datastudio.ml.registry.internal.OnnxImport;
import dev.datastudio.ml.registry.internal.PredictedRows;
import dev.datastudio.ml.spec.Task;
import dev.datastudio.ml.train.internal.Imported;
import dev.datastudio.ml.train.internal.model.Course;
import dev.datastudio.ml.train.internal.network.Generator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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
    /** The kind of the {@link Origin} of data sets with predictions; its detail is the id of the model. */
    public static final String PREDICTED = "predicted";

    /** The kind of the {@link Origin} of data sets whose rows a model made; its detail is the id of the model. */
    public static final String GENERATED = "generated";

    /** How many rows are made at once. */
    public static final long MOST_MADE = 1_000_000;

    /** How many models are compared at once. */
    public static final int MOST_COMPARED = 10;

    /** Models of before were kept without what their explanation needs. */
    private static final Set<String> GROWN_HERE = Set.of("decision_tree", "random_forest");

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

    /**
     * Models side by side, that were judged on the same rows.
     *
     * @param ids 2 to {@value #MOST_COMPARED} of them
     * @throws StudioException with {@link ErrorCode#TRAINED_MODEL_NOT_FOUND}; {@link ErrorCode#INVALID_ARGUMENT} when they
     *     predict different targets, or learnt from different data, or were judged on different rows
     */
    public Comparison compare(List<String> ids) {
        List<String> different = ids.stream().distinct().toList();
        if (different.size() < 2 || different.size() > MOST_COMPARED) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    different.size() + " models can't be compared",
                    "Name 2 to " + MOST_COMPARED + " different ones");
        }
        return Comparing.of(studio, caller, different.stream().map(this::get).toList());
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
        requireColumns(get(id), rows);
        try (KeptModel model = store.load(id)) {
            return model.predict(RawTable.of(model.preparation().columns(), rows));
        }
    }

    /** As {@link #explain(String, Map, String)}, of the class that is predicted. */
    public Explanation explain(String id, Map<String, ?> row) {
        return explained(id, row, "");
    }

    /**
     * Why a model says what it says of a row. Of trees, forests and boosted trees by SHAP values, which take the training
     * rows of each node for what is not known (path-dependent), of linear models by coefficient and value as it was
     * prepared.
     *
     * @param row as of {@link #predict(String, List)}
     * @param label the class whose margin is told; of a number empty
     * @throws StudioException as {@link #predict(String, List)}; {@link ErrorCode#INVALID_ARGUMENT} also when the kind of
     *     model can't tell, or there is no such class
     */
    public Explanation explain(String id, Map<String, ?> row, String label) {
        List<String> classes = get(id).classes();
        if (classes.isEmpty() ? !label.isEmpty() : !classes.contains(label)) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The model tells no class " + StudioException.quote(label),
                    classes.isEmpty() ? "Name no class: it predicts a number" : "Use one of " + classes);
        }
        return explained(id, row, label);
    }

    private Explanation explained(String id, Map<String, ?> row, String label) {
        TrainedModel known = get(id);
        requireColumns(known, List.of(row));
        try (KeptModel model = store.load(id)) {
            return model.explain(RawTable.of(model.preparation().columns(), List.of(row)), label)
                    .orElseThrow(() -> unexplained(known));
        }
    }

    private static StudioException unexplained(TrainedModel known) {
        String algorithm = known.algorithm();
        return GROWN_HERE.contains(algorithm)
                ? new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "The model " + StudioException.quote(known.id())
                                + " was kept without the weights of its leaves, which an explanation needs",
                        "Train it again: the same spec gives the same model")
                : new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "A model by " + algorithm.replace('_', ' ')
                                + " can't tell what each column adds to a prediction",
                        "Train a decision_tree, random_forest, gradient_boosting, xg_boost, linear_regression or"
                                + " logistic_regression, or look at the importances of the model");
    }

    private static void requireColumns(TrainedModel known, List<? extends Map<String, ?>> rows) {
        Map<String, ColumnType> columns = known.columns();
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
    }

    /**
     * A new data set with the rows of another one and what a model says of each: {@code predicted TARGET}, and for
     * classes {@code share of CLASS} for each.
     *
     * @param name of the new data set
     * @throws StudioException as {@link #predict(String, List)}, and when rows can't be stored
     */
    public Dataset predict(String id, Dataset dataset, String name) {
        return predict(id, dataset, ImportTarget.named(name));
    }

    /**
     * As {@link #predict(String, Dataset, String)}, with progress and a way to cancel it.
     *
     * @param target the name of the new data set, who is told and who stops it; its origin is not looked at
     */
    public Dataset predict(String id, Dataset dataset, ImportTarget target) {
        TrainedModel known = get(id);
        known.columns().keySet().forEach(dataset::column);
        Datasets datasets = studio.datasets().as(caller);
        try (KeptModel model = store.load(id, target.cancellation());
                Stream<Map<String, @Nullable Object>> rows = datasets.rows(dataset)) {
            ImportTarget predicted = target.from(Origin.of(PREDICTED, id)).expecting(dataset.rowCount());
            return datasets.importRows(predicted, new PredictedRows(dataset, rows.iterator(), known, model));
        } catch (SQLException e) {
            throw new IllegalStateException("rows are read from no database", e);
        }
    }

    /** As {@link #drift(String, Dataset, Cancellation, ProgressListener)}, with nobody who watches or stops. */
    public Drift drift(String id, Dataset dataset) {
        return drift(id, dataset, Cancellation.none(), ProgressListener.NONE);
    }

    /**
     * Whether the rows of a data set look like those that a model learnt from. Reads all of them, some thousand at a time.
     *
     * @param cancellation stops it within a second
     * @param progress told how many rows were looked at
     * @throws StudioException as {@link #predict(String, Dataset, String)}; {@link ErrorCode#CANCELLED}
     */
    public Drift drift(String id, Dataset dataset, Cancellation cancellation, ProgressListener progress) {
        get(id).columns().keySet().forEach(dataset::column);
        Course course = new Course(cancellation, progress, 1);
        try (KeptModel model = store.load(id);
                Stream<Map<String, @Nullable Object>> rows =
                        studio.datasets().as(caller).rows(dataset)) {
            ModelRows some =
                    new ModelRows(dataset, rows.iterator(), model.preparation().columns());
            DriftCount count = new DriftCount(model.trainingRows());
            long done = 0;
            for (var taken = some.next(); !taken.isEmpty(); taken = some.next()) {
                course.check();
                count.add(some.table(taken));
                done += taken.size();
                course.at("comparing rows", done, dataset.rowCount(), "rows");
            }
            return count.drift();
        }
    }

    /**
     * A model as an ONNX file, for programs without Studio: {@code features}, rows of 64-bit numbers, become {@code value}, or
     * {@code label} and {@code shares} of the classes. It takes features as they were prepared, not columns of data; how they
     * are made stands in its properties {@code studio.features} and {@code studio.preparation}. Linear and logistic
     * regressions, trees, forests and boosted trees can be written so; a model that was imported is given back as it came.
     *
     * @throws StudioException with {@link ErrorCode#TRAINED_MODEL_NOT_FOUND}; {@link ErrorCode#INVALID_ARGUMENT} when the kind
     *     of model is not exportable; {@link ErrorCode#TRAINED_MODEL_DAMAGED}
     */
    public byte[] exportOnnx(String id) {
        TrainedModel known = get(id);
        try (KeptModel model = store.load(id)) {
            if (model.model() instanceof Imported imported) {
                return imported.file();
            }
            return model.export(known)
                    .orElseThrow(() -> new StudioException(
                            ErrorCode.INVALID_ARGUMENT,
                            "A model by " + known.algorithm().replace('_', ' ')
                                    + " is not exportable: ONNX has no operator for it that predicts the same",
                            "Export a linear_regression, logistic_regression, decision_tree, random_forest,"
                                    + " gradient_boosting or xg_boost, or predict with Models"));
        }
    }

    /**
     * As {@link #importOnnx(InputStream, OnnxOptions)}, of a file on this machine.
     *
     * @throws StudioException as there; {@link ErrorCode#FILE_NOT_FOUND}, {@link ErrorCode#FILE_NOT_READABLE}
     */
    public TrainedModel importOnnx(Path file, OnnxOptions options) {
        if (!Files.isRegularFile(file)) {
            throw new StudioException(
                    ErrorCode.FILE_NOT_FOUND,
                    "There is no file " + StudioException.quote(file),
                    "Name an ONNX file that is there");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return importOnnx(
                    in, options.file().isEmpty() ? options.from(String.valueOf(file.getFileName())) : options);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Keeps a model from an ONNX file, for predictions by ONNX Runtime. A file that {@link #exportOnnx} wrote takes columns of
     * data again; others take one number, text, or true or false for each value of their inputs. It is tried on rows of
     * zeros first. One that takes a fixed number of rows, at most 4,096, is given so many at a time.
     *
     * <p>A file may come from anybody: its size is limited, it may name no other files, only operators of ONNX itself, no loops
     * and nothing by chance, and it runs on one thread for at most 30 seconds for some thousand rows. What it takes of memory
     * while it runs is not limited: import files of people whom you trust so far.
     *
     * @param in at most 64 MiB, which stays open
     * @throws StudioException with {@link ErrorCode#DEPENDENCY_MISSING} without ONNX Runtime; {@link ErrorCode#LIMIT_EXCEEDED}
     *     when it is too large or slow; {@link ErrorCode#FILE_MALFORMED} when it is damaged; {@link
     *     ErrorCode#INVALID_ARGUMENT} when it is refused, does not fit the options, or its inputs and outputs can't be
     *     understood. Nothing is kept then
     */
    public TrainedModel importOnnx(InputStream in, OnnxOptions options) {
        byte[] content;
        try {
            content = in.readNBytes(OnnxFile.MOST_BYTES + 1);
        } catch (IOException e) {
            throw unreadable(e);
        }
        String id = UUID.randomUUID().toString();
        return studio.activities()
                .watching(
                        Activity.of(caller, "model.import").about(id),
                        () -> imported(id, content, options),
                        (told, model) -> told.with("name", model.name()));
    }

    private static StudioException unreadable(IOException cause) {
        return new StudioException(
                ErrorCode.FILE_NOT_READABLE,
                "The ONNX file can't be read: " + cause.getMessage(),
                "Let this process read it, and try again",
                cause);
    }

    private TrainedModel imported(String id, byte[] content, OnnxOptions options) {
        OnnxImport.Found found = new OnnxImport(content, options).find();
        try (KeptModel model = found.model()) {
            byte[] kept = model.write();
            String name = options.name().isBlank()
                    ? named(options.file())
                    : options.name().strip();
            TrainedModel known = new TrainedModel(
                    id,
                    caller,
                    name,
                    store.nextVersion(name),
                    options.description(),
                    new ModelSource.Imported(options.file(), found.producer(), ModelStore.hash(content)),
                    model.signature(found.task(), found.target()),
                    found.warnings(),
                    Evaluation.NONE,
                    kept.length,
                    studio.clock().instant().truncatedTo(ChronoUnit.MILLIS));
            store.save(known, kept);
            return known;
        }
    }

    private static String named(String file) {
        String plain =
                file.replaceAll(".*[/\\\\]", "").replaceAll("(?i)\\.onnx$", "").strip();
        if (plain.isEmpty()) {
            return "imported model";
        }
        return plain.length() <= OnnxOptions.MOST_NAME ? plain : plain.substring(0, OnnxOptions.MOST_NAME);
    }

    /**
     * A new data set of rows that a generative network makes, in the columns that it learnt. A note of the data set says
     * that they are made.
     *
     * @param rows how many, from 1 to {@value #MOST_MADE}
     * @param seed the same gives the same rows
     * @param name of the new data set
     * @throws StudioException with {@link ErrorCode#TRAINED_MODEL_NOT_FOUND}; {@link ErrorCode#INVALID_ARGUMENT} when the
     *     model is of another kind, for that many rows, or when a data set of that name holds rows that no model made;
     *     {@link ErrorCode#TRAINED_MODEL_DAMAGED}
     */
    public Dataset generate(String id, long rows, long seed, String name) {
        return generate(id, rows, seed, ImportTarget.named(name));
    }

    /**
     * As {@link #generate(String, long, long, String)}, with progress and a way to cancel it.
     *
     * @param target the name of the new data set, who is told and who stops it; its origin is not looked at
     */
    public Dataset generate(String id, long rows, long seed, ImportTarget target) {
        TrainedModel known = requireMaker(id, rows, target.name());
        try (KeptModel model = store.load(id)) {
            if (!(model.model() instanceof Generator generator)) {
                throw makesNone(known);
            }
            ImportTarget made = target.from(Origin.of(GENERATED, id))
                    .expecting(rows)
                    .noting("The rows were made by the model " + StudioException.quote(known.name()) + ", version "
                            + known.version() + ", seed " + seed + ": none of them is real.");
            return studio.datasets().as(caller).importRows(made, new MadeRows(model, generator, rows, seed));
        } catch (SQLException e) {
            throw new IllegalStateException("rows are read from no database", e);
        }
    }

    /**
     * The model, if it can make so many rows into a data set of that name, as {@link #generate(String, long, long,
     * String)} would refuse them.
     *
     * @throws StudioException as there, and with {@link ErrorCode#INVALID_NAME}
     */
    public TrainedModel requireMaker(String id, long rows, String name) {
        TrainedModel known = get(id); // first: a model of others is as one that does not exist, whatever else is wrong
        if (known.task() != Task.GENERATION) {
            throw makesNone(known);
        }
        if (rows < 1 || rows > MOST_MADE) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, rows + " rows can't be made", "Ask for 1 to " + MOST_MADE);
        }
        Datasets.requireName(name);
        if (studio.datasets()
                .as(caller)
                .find(name)
                .filter(each -> !each.origin().kind().equals(GENERATED))
                .isPresent()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "There is a data set " + StudioException.quote(name) + " already, whose rows no model made",
                    "Give another name, so that nobody takes made rows for a version of it");
        }
        return known;
    }

    /** What made rows are called when nobody says it: {@code rows made by shop}. */
    public static String madeBy(TrainedModel model) {
        String name = "rows made by " + model.name().replaceAll("[/\\\\\\p{Cntrl}]", " ");
        return name.length() <= OnnxOptions.MOST_NAME ? name : name.substring(0, OnnxOptions.MOST_NAME);
    }

    private static StudioException makesNone(TrainedModel known) {
        return new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "The model " + StudioException.quote(known.name()) + " makes no rows: its algorithm is "
                        + known.algorithm(),
                "Use a model of a generative_network");
    }
}
