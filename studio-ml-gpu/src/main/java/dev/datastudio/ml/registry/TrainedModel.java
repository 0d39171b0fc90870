package dev.datastudio.ml.registry;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.ml.evaluate.Evaluation;
import dev.datastudio.ml.spec.Task;
import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.ml.train.Epoch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a kept model: one that was trained, one that was found in rows without a target, or one that was imported.
 * Immutable.
 *
 * @param id a UUID as text
 * @param owner whose it is; every lookup is filtered by it
 * @param name what people call it; its versions share it
 * @param version 1 for the first model of the name, then 2, 3 and so on
 * @param description what people should know of it; may be empty
 * @param source where it comes from
 * @param signature what it is given and what it tells
 * @param warnings what was noticed, whole sentences
 * @param evaluation how good it is; {@link Evaluation#NONE} when it was not judged
 * @param bytes what is kept of it
 * @param trainedAt when it was trained, found or imported
 */
public record TrainedModel(
        String id,
        Caller owner,
        String name,
        int version,
        String description,
        ModelSource source,
        Signature signature,
        List<String> warnings,
        Evaluation evaluation,
        long bytes,
        Instant trainedAt) {
    /** The {@link #algorithm()} of a model that was imported. */
    public static final String ONNX = "onnx";

    private static final String CPU = "cpu";

    public TrainedModel {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(signature, "signature");
        Objects.requireNonNull(evaluation, "evaluation");
        Objects.requireNonNull(trainedAt, "trainedAt");
        warnings = List.copyOf(warnings);
    }

    /**
     * The data that a model learnt from. Immutable.
     *
     * @param id of the data set, as text
     * @param name of the data set
     * @param version of the data set
     * @param contentHash of the data set, so that the same data can be told
     * @param trainRows how many rows it learnt from
     */
    public record Data(String id, String name, int version, String contentHash, long trainRows) {
        public Data {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(contentHash, "contentHash");
        }
    }

    /** Its kind: the name of the algorithm, {@code k_means} and so on, or {@code onnx} for one that was imported. */
    public String algorithm() {
        if (source instanceof ModelSource.Trained trained) {
            return trained.spec().algorithm().name();
        }
        return source instanceof ModelSource.Explored explored ? explored.method() : ONNX;
    }

    /** What it does. */
    public Task task() {
        return signature.task();
    }

    /** The column that it predicts; empty when it tells something else. */
    public String target() {
        return signature.target();
    }

    /** What it is given, and what their values are, in order. */
    public Map<String, ColumnType> columns() {
        return signature.columns();
    }

    /** What it tells apart, in order; empty when it only tells numbers. */
    public List<String> classes() {
        return signature.classes();
    }

    /** What the columns become, in order. */
    public List<String> features() {
        return signature.features();
    }

    /** The data that it learnt from; empty when it was imported. */
    public Optional<Data> learntFrom() {
        if (source instanceof ModelSource.Trained trained) {
            return Optional.of(trained.data());
        }
        return source instanceof ModelSource.Explored explored ? Optional.of(explored.data()) : Optional.empty();
    }

    /**
     * As {@link #learntFrom()}, of a model that is known to have learnt here.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when it was imported
     */
    public Data data() {
        return learntFrom().orElseThrow(() -> notTrained("learnt from no data set of this studio"));
    }

    /**
     * What it was trained by, of a model that is known to be trained; {@link #source()} tells whether it is.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when it was found without a target, or imported
     */
    public TrainingSpec spec() {
        if (source instanceof ModelSource.Trained trained) {
            return trained.spec();
        }
        throw notTrained("was not trained, so that there is no spec of a training");
    }

    private StudioException notTrained(String what) {
        return new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "The model " + StudioException.quote(name) + " of the kind " + algorithm() + " " + what,
                "Use a model that was trained here on a target");
    }

    /** What it was really trained on: {@code cpu} or {@code gpu:0}; {@code cpu} when it was not trained here. */
    public String device() {
        return source instanceof ModelSource.Trained trained ? trained.device() : CPU;
    }

    /** How long it took to learn; zero when it was imported. */
    public Duration took() {
        if (source instanceof ModelSource.Trained trained) {
            return trained.took();
        }
        return source instanceof ModelSource.Explored explored ? explored.took() : Duration.ZERO;
    }

    /** How each pass over the training rows went; of deep models only. */
    public List<Epoch> history() {
        return source instanceof ModelSource.Trained trained ? trained.history() : List.of();
    }
}
