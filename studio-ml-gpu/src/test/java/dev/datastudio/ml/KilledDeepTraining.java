package dev.datastudio.ml;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.job.JobId;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.spec.TrainingSpec;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A process that trains a deep model, and is killed in the midst of an epoch. */
final class KilledDeepTraining {
    static final int EPOCHS = 40;

    private KilledDeepTraining() {}

    static TrainingSpec spec() {
        return TrainingSpec.predicting("grade")
                .with(Algorithm.of(
                        "multilayer_perceptron",
                        Map.of("hidden", "8", "dropout", 0.2, "batch", 8, "epochs", EPOCHS, "schedule", "cosine")));
    }

    public static void main(String[] arguments) throws InterruptedException {
        Studio studio = Studio.open(Path.of(arguments[0]));
        Dataset items = TrainingJobsTest.items(studio, 600);
        JobId id = TrainingJobs.of(studio).submit(studio.caller(), TrainingRequest.of(items, spec()));
        while (TrainingJobsTest.keptEpochs(studio, TrainingJobs.modelOf(id)) < 3) {
            Thread.onSpinWait();
        }
        System.out.println("training " + id);
        new CountDownLatch(1).await();
    }
}
