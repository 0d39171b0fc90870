package dev.datastudio.ml.registry;

import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.ml.train.Epoch;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Where a model comes from. */
public sealed interface ModelSource {
    /**
     * Trained here. Immutable.
     *
     * @param spec what it was trained by, with the task found out: the same spec and data give the same model
     * @param data what it was trained on
     * @param device what it was really trained on: {@code cpu} or {@code gpu:0}
     * @param took how long the training took, with its judging
     * @param history how each pass over the training rows went; of deep models only
     */
    record Trained(TrainingSpec spec, TrainedModel.Data data, String device, Duration took, List<Epoch> history)
            implements ModelSource {
        public Trained {
            Objects.requireNonNull(spec, "spec");
            Objects.requireNonNull(data, "data");
            Objects.requireNonNull(device, "device");
            Objects.requireNonNull(took, "took");
            history = List.copyOf(history);
        }
    }

    /**
     * Found in rows that have no target, by {@code Explore}. Immutable.
     *
     * @param method {@code k_means}, {@code principal_components} or {@code isolation_forest}
     * @param spec what it was looked for by, as {@code ExploreSpecJson} writes it: the same spec and data give the same model
     * @param data what it was found in
     * @param took how long that took
     * @param found what people should know of what it tells: each group, each component, what is usual, a sentence
     *     each; empty when it was kept before these were
     */
    record Explored(String method, String spec, TrainedModel.Data data, Duration took, List<String> found)
            implements ModelSource {
        public Explored {
            Objects.requireNonNull(method, "method");
            Objects.requireNonNull(spec, "spec");
            Objects.requireNonNull(data, "data");
            Objects.requireNonNull(took, "took");
            found = List.copyOf(found);
        }
    }

    /**
     * Made elsewhere, and imported. Immutable.
     *
     * @param file the name of the file; empty when it had none
     * @param producer what made it, as the file says; empty when it does not
     * @param contentHash SHA-256 of the file, in hexadecimal digits
     */
    record Imported(String file, String producer, String contentHash) implements ModelSource {
        public Imported {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(producer, "producer");
            Objects.requireNonNull(contentHash, "contentHash");
        }
    }
}
