package dev.datastudio.app.learning;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobQuery;
import dev.datastudio.api.job.JobState;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.job.JobView;
import dev.datastudio.app.learning.ModelCardView.ModelChart;
import dev.datastudio.app.web.Body;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.TrainingJobs;
import dev.datastudio.ml.TrainingRequest;
import dev.datastudio.ml.train.Epoch;
import dev.datastudio.ml.tune.Try;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Trains models, and tells how that goes (A3, A4, A25). */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "trained models")
class TrainingController {
    private static final int PICTURE_SIZE = 64;

    private final Studio studio;
    private final TrainingJobs trainings;

    TrainingController(Studio studio, TrainingJobs trainings) {
        this.studio = studio;
        this.trainings = trainings;
    }

    @GetMapping("/trained-models/algorithms")
    @Needs(Scopes.DATASET_GET)
    @Operation(operationId = "listAlgorithms", summary = "What can be trained, with the ranges of its parameters")
    List<AlgorithmView> algorithms() {
        return AlgorithmView.all();
    }

    @PostMapping("/trained-models")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Needs(Scopes.DATASET_EDIT)
    @Operation(operationId = "trainModel", summary = "Trains a model, as a job whose result is the model")
    JobView train(Caller caller, @RequestBody TrainingOrder order) {
        Dataset dataset = OwnDataset.of(studio, caller, order.datasetId());
        return job(caller, trainings.submit(caller, order.request(dataset)));
    }

    private JobView job(Caller caller, JobId id) {
        return JobView.of(studio.jobs().get(caller, id));
    }

    /**
     * An archive of pictures that becomes a data set.
     *
     * @param name of the data set
     * @param size points a side that pictures are brought to, 4 to 512; 64 unless told
     */
    @Schema(name = "PicturesOrder")
    record PicturesOrder(String name, Optional<Integer> size) {}

    @PostMapping("/uploads/{id}/pictures")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Needs(Scopes.DATASET_EDIT)
    @Operation(
            operationId = "importPictures",
            summary = "Makes a data set of a ZIP archive with a folder of pictures for each class, as a job")
    JobView pictures(Caller caller, @PathVariable String id, @RequestBody PicturesOrder order) {
        String name = Body.part(order.name(), "name").strip();
        return job(caller, trainings.submitPictures(caller, id, order.size().orElse(PICTURE_SIZE), name));
    }

    @GetMapping("/trainings")
    @Needs(Scopes.JOB_GET)
    @Operation(operationId = "listTrainings", summary = "Trainings that wait or run, the newest first")
    List<OpenTraining> trainings(Caller caller) {
        return studio.jobs().list(caller, JobQuery.OPEN.ofType(TrainingJobs.TRAIN)).stream()
                .map(job -> OpenTraining.of(job, trainings.asked(caller, job.id())))
                .toList();
    }

    /**
     * A training that waits or runs. Immutable.
     *
     * @param job as it stands
     * @param name what the model will be called; empty when it is named after its target
     * @param target the column that it will predict; empty for none
     * @param algorithm what is trained; {@code best} where that is looked for
     */
    @Schema(name = "OpenTraining")
    record OpenTraining(JobView job, String name, String target, String algorithm) {
        static OpenTraining of(Job job, TrainingRequest asked) {
            return new OpenTraining(
                    JobView.of(job),
                    asked.name(),
                    asked.spec().target(),
                    asked.budget().isPresent()
                            ? "best"
                            : asked.spec().algorithm().name());
        }
    }

    /**
     * How a training goes. Immutable.
     *
     * @param job as it stands
     * @param losses of the passes so far; nothing when the model has none, or another process trains it
     * @param tries what was tried when the best was looked for, once it is found
     */
    @Schema(name = "Training")
    record TrainingView(JobView job, Optional<ModelChart> losses, List<TryView> tries) {}

    /**
     * A spec that was tried.
     *
     * @param algorithm its kind
     * @param parameters by name
     * @param rows how many rows took part
     * @param score the mean of the main metric over the folds; nothing when it came to no end
     * @param millis how long it took
     * @param problem why it came to no end; empty when it did
     */
    @Schema(name = "TrainingTry")
    record TryView(
            String algorithm,
            Map<String, Object> parameters,
            long rows,
            Optional<Double> score,
            long millis,
            String problem) {
        static TryView of(Try each) {
            return new TryView(
                    each.algorithm().name(),
                    new LinkedHashMap<>(each.algorithm().parameters()),
                    each.rows(),
                    TrainedModelView.finite(each.score()),
                    each.took().toMillis(),
                    each.problem());
        }
    }

    @GetMapping("/jobs/{id}/training")
    @Needs(Scopes.JOB_GET)
    @Operation(operationId = "getTraining", summary = "How a training goes: its losses so far, and what was tried")
    TrainingView training(Caller caller, @PathVariable UUID id) {
        JobId job = new JobId(id.toString());
        Job known = studio.jobs().get(caller, job);
        List<Epoch> epochs = trainings.epochs(caller, job);
        boolean isDone =
                known.state() == JobState.SUCCEEDED && known.request().type().equals(TrainingJobs.TRAIN);
        return new TrainingView(
                JobView.of(known),
                epochs.isEmpty()
                        ? Optional.empty()
                        : Optional.of(ModelChart.of("losses", Losses.chart("the model", epochs))),
                isDone ? trainings.tries(caller, job).stream().map(TryView::of).toList() : List.of());
    }
}
