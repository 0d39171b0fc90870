package dev.datastudio.ml;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.QueueName;
import dev.datastudio.core.Studio;
import dev.datastudio.core.job.JobOptions;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.explore.ClusterSpec;
import dev.datastudio.ml.explore.ExploreRequest;
import dev.datastudio.ml.explore.ExploringJobs;
import dev.datastudio.ml.spec.TrainingSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A process that trains twice and looks for groups: it never gets beyond keeping the first model and that of the groups, and is
 * killed while it fits the second.
 */
final class KilledTraining {
    private KilledTraining() {}

    public static void main(String[] arguments) throws InterruptedException {
        CountDownLatch kept = new CountDownLatch(2);
        CountDownLatch never = new CountDownLatch(1);
        Studio studio = Studio.builder()
                .workspace(Path.of(arguments[0]))
                .jobOptions(JobOptions.DEFAULT.withWorkers(QueueName.TRAINING, 3))
                .listener(activity -> {
                    if (List.of("model.train", "data.cluster").contains(activity.action())) {
                        kept.countDown();
                        awaitForever(never);
                    }
                })
                .build();
        Dataset items = TrainingJobsTest.items(studio, 3_000);
        TrainingJobs jobs = TrainingJobs.of(studio);
        TrainingSpec tree = TrainingSpec.predicting("price").with(Algorithm.of("decision_tree", Map.of()));
        JobId first =
                jobs.submit(studio.caller(), TrainingRequest.of(items, tree).named("first"));
        ClusterSpec groups = ClusterSpec.DEFAULT.by("size", "age").into(2);
        JobId explored = ExploringJobs.of(studio)
                .submit(
                        studio.caller(),
                        ExploreRequest.of(items, groups).keepingAs("grouped").keepingModel("groups"));
        kept.await();
        TrainingSpec forest =
                TrainingSpec.predicting("price").with(Algorithm.of("random_forest", Map.of("trees", 600)));
        JobId second =
                jobs.submit(studio.caller(), TrainingRequest.of(items, forest).named("second"));
        studio.jobs().watch(studio.caller(), second, job -> {
            if (job.progress()
                    .filter(each -> each.stage().equals("growing trees"))
                    .isPresent()) {
                System.out.println("training " + first + " " + second + " " + explored);
            }
        });
        never.await();
    }

    private static void awaitForever(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
