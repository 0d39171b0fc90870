package dev.datastudio.ml.registry;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.ml.evaluate.Evaluation;
import dev.datastudio.ml.spec.TrainingSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is known of a model that was trained. Immutable.
 *
 * @param id a UUID as text
 * @param owner whose it is; every lookup is filtered by it
 * @param name what people call it; its versions share it
 * @param version 1 for the first model of the name, then 2, 3 and so on
 * @param description what people should know of it; may be empty
 * @param spec what it was trained by, with the task found out: the same spec and data give the same model
 * @param data what it was trained on
 * @param columns what it predicts from, and what their values are, in order
 * @param classes what it tells apart, in order; empty when it predicts a number
 * @param features what the columns became, in order
 * @param warnings what was noticed, whole sentences
 * @param evaluation how good it is
 * @param device what it was really trained on: {@code cpu}, or {@code cuda} for a card of NVIDIA
 * @param took how long the training took, with its judging
 * @param bytes what is kept of it
 * @param trainedAt when
 */
public record TrainedModel(
        String id,
        Caller owner,
        String name,
        int version,
        String description,
        TrainingSpec spec,
        Data data,
        Map<String, ColumnType> columns,
        List<String> classes,
        List<String> features,
        List<String> warnings,
        Evaluation evaluation,
        String device,
        Duration took,
        long bytes,
        Instant trainedAt) {
    public TrainedModel {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(evaluation, "evaluation");
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(took, "took");
        Objects.requireNonNull(trainedAt, "trainedAt");
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        classes = List.copyOf(classes);
        features = List.copyOf(features);
        warnings = List.copyOf(warnings);
    }

    /**
     * The data that a model was trained on. Immutable.
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
}
