package dev.datastudio.app.learning;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobQuery;
import dev.datastudio.api.job.JobState;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.job.JobView;
import dev.datastudio.app.learning.ModelCardView.ModelChart;
import dev.datastudio.app.web.Body;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.PageOf;
import dev.datastudio.app.web.Paging;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.TrainingJobs;
import dev.datastudio.ml.registry.ModelCard;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.Prediction;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.ml.train.Epoch;
import dev.datastudio.ml.tune.Try;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The caller's trained models, which are not the language models of {@code /api/v1/models}. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "trained models")
class TrainedModelController {
    private static final int MAX_ROWS = 1_000;
    private static final int PICTURE_SIZE = 64;

    private final Studio studio;
    private final TrainingJobs trainings;

    TrainedModelController(Studio studio, TrainingJobs trainings) {
        this.studio = studio;
        this.trainings = trainings;
    }

    @GetMapping("/trained-models")
    @Needs(Scopes.DATASET_GET)
    @Operation(operationId = "listTrainedModels", summary = "The trained models of the caller, the newest first")
    PageOf<TrainedModelView> list(
            Caller caller,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit,
            @RequestParam(defaultValue = "") String after) {
        Models own = models(caller);
        List<TrainedModel> all = name.isEmpty() ? own.list() : own.versions(name);
        PageOf<TrainedModel> page = new Paging(limit, after).of(all, TrainedModel::id);
        return new PageOf<>(page.items().stream().map(TrainedModelView::of).toList(), page.next());
    }

    private Models models(Caller caller) {
        return Models.of(studio).as(caller);
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
        Dataset dataset = dataset(caller, order.datasetId());
        return job(caller, trainings.submit(caller, order.request(dataset)));
    }

    private Dataset dataset(Caller caller, @Nullable String sent) {
        String id = Body.part(sent, "datasetId");
        try {
            return studio.as(caller).datasets().get(DatasetId.parse(id));
        } catch (IllegalArgumentException e) {
            throw new StudioException(
                    ErrorCode.DATASET_NOT_FOUND,
                    "There is no data set " + StudioException.quote(id),
                    "List the data sets to see their ids",
                    e);
        }
    }

    private JobView job(Caller caller, JobId id) {
        return JobView.of(studio.jobs().get(caller, id));
    }

    @GetMapping("/trained-models/{id}")
    @Needs(Scopes.DATASET_GET)
    @Operation(operationId = "getTrainedModel", summary = "All that is known of a trained model")
    ModelCardView get(Caller caller, @PathVariable UUID id) {
        return ModelCardView.of(models(caller).get(id.toString()));
    }

    @DeleteMapping("/trained-models/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Needs(Scopes.DATASET_EDIT)
    @Operation(operationId = "deleteTrainedModel", summary = "Deletes a version of a trained model")
    void delete(Caller caller, @PathVariable UUID id) {
        models(caller).delete(id.toString());
    }

    /**
     * Rows to be predicted.
     *
     * @param rows a value for each column that the model predicts from, null for one that is missing; at most 1,000
     */
    @Schema(name = "RowsToPredict")
    record Rows(List<Map<String, @Nullable Object>> rows) {}

    /**
     * What a model says of a row. Immutable.
     *
     * @param label the class; empty when the model predicts a number
     * @param value the number, or the share of the class
     * @param shares of all classes
     * @param numbers that the model tells by their names
     */
    @Schema(name = "Prediction")
    record PredictionView(
            String label, Optional<Double> value, Map<String, Double> shares, Map<String, Double> numbers) {
        static PredictionView of(Prediction prediction) {
            return new PredictionView(
                    prediction.label(),
                    TrainedModelView.finite(prediction.value()),
                    new LinkedHashMap<>(prediction.shares()),
                    new LinkedHashMap<>(prediction.numbers()));
        }
    }

    @PostMapping("/trained-models/{id}/predictions")
    @Needs(Scopes.DATASET_GET)
    @Operation(operationId = "predictRows", summary = "What a model says of rows")
    List<PredictionView> predict(Caller caller, @PathVariable UUID id, @RequestBody Rows rows) {
        List<Map<String, @Nullable Object>> asked = Body.part(rows.rows(), "rows");
        if (asked.size() > MAX_ROWS) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    asked.size() + " rows are too many to predict at once",
                    "Send at most " + MAX_ROWS + ", or predict a data set");
        }
        asked.forEach(row -> Body.part(row, "row"));
        return models(caller).predict(id.toString(), asked).stream()
                .map(PredictionView::of)
                .toList();
    }

    /**
     * A row whose prediction is to be explained.
     *
     * @param row a value for each column that the model predicts from, null for one that is missing
     * @param label the class to explain; the predicted one when it is left out
     */
    @Schema(name = "RowToExplain")
    record RowToExplain(
            Map<String, @Nullable Object> row, @Nullable String label) {}

    @PostMapping("/trained-models/{id}/explanation")
    @Needs(Scopes.DATASET_GET)
    @Operation(operationId = "explainPrediction", summary = "What each column adds to the prediction of a row")
    ExplanationView explain(Caller caller, @PathVariable UUID id, @RequestBody RowToExplain asked) {
        Map<String, @Nullable Object> row = Body.part(asked.row(), "row");
        Models own = models(caller);
        String label = asked.label() == null ? "" : asked.label();
        return ExplanationView.of(
                label.isEmpty() ? own.explain(id.toString(), row) : own.explain(id.toString(), row, label));
    }

    /**
     * A data set to be compared with training rows.
     *
     * @param datasetId whose rows
     */
    @Schema(name = "DatasetToCheck")
    record DriftOrder(String datasetId) {}

    @PostMapping("/trained-models/{id}/drift")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Needs(Scopes.DATASET_GET)
    @Operation(
            operationId = "checkDrift",
            summary = "Compares the rows of a data set with those that a model learnt from, as a job")
    JobView drift(Caller caller, @PathVariable UUID id, @RequestBody DriftOrder order) {
        TrainedModel model = models(caller).get(id.toString());
        return job(caller, trainings.submitDrift(caller, model.id(), dataset(caller, order.datasetId())));
    }

    @GetMapping("/jobs/{id}/drift")
    @Needs(Scopes.JOB_GET)
    @Operation(operationId = "getDrift", summary = "What a comparison with training rows came to")
    DriftView drift(Caller caller, @PathVariable UUID id) {
        JobId job = new JobId(id.toString());
        return DriftView.of(job(caller, job), trainings.drift(caller, job));
    }

    @GetMapping("/trained-models/comparison")
    @Needs(Scopes.DATASET_GET)
    @Operation(
            operationId = "compareTrainedModels",
            summary = "Models side by side that were judged on the same rows, with their differences to the best one")
    ComparisonView compare(Caller caller, @Parameter(description = "2 to 10 models") @RequestParam List<UUID> ids) {
        return ComparisonView.of(
                models(caller).compare(ids.stream().map(UUID::toString).toList()));
    }

    @GetMapping(path = "/trained-models/{id}/onnx", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Needs(Scopes.DATASET_GET)
    @Operation(operationId = "exportOnnx", summary = "A model as an ONNX file, for programs without Studio")
    ResponseEntity<byte[]> onnx(Caller caller, @PathVariable UUID id) {
        Models own = models(caller);
        String name = own.get(id.toString()).name();
        return file(name + ".onnx", MediaType.APPLICATION_OCTET_STREAM, own.exportOnnx(id.toString()));
    }

    @GetMapping(path = "/trained-models/{id}/card", produces = "text/markdown")
    @Needs(Scopes.DATASET_GET)
    @Operation(operationId = "getModelCard", summary = "What people should know of a model, as Markdown")
    ResponseEntity<byte[]> card(Caller caller, @PathVariable UUID id) {
        TrainedModel model = models(caller).get(id.toString());
        return file(
                model.name() + ".md",
                new MediaType("text", "markdown", StandardCharsets.UTF_8),
                ModelCard.of(model).getBytes(StandardCharsets.UTF_8));
    }

    /** To be saved, whatever the characters of its name. */
    private static ResponseEntity<byte[]> file(String name, MediaType type, byte[] content) {
        return ResponseEntity.ok()
                .contentType(type)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name, StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .body(content);
    }

    /**
     * A data set to be predicted.
     *
     * @param datasetId whose rows
     * @param name what the new data set is called
     */
    @Schema(name = "DatasetToPredict")
    record DatasetOrder(String datasetId, String name) {}

    @PostMapping("/trained-models/{id}/datasets")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Needs(Scopes.DATASET_EDIT)
    @Operation(
            operationId = "predictDataset",
            summary = "Predicts all rows of a data set, as a job whose result is a new data set")
    JobView predict(Caller caller, @PathVariable UUID id, @RequestBody DatasetOrder order) {
        TrainedModel model = models(caller).get(id.toString());
        Dataset dataset = dataset(caller, order.datasetId());
        return job(caller, trainings.submitPrediction(caller, model.id(), dataset, Body.part(order.name(), "name")));
    }

    /**
     * Rows that a generative network is to make.
     *
     * @param rows how many, 1 to 1,000,000
     * @param seed the same makes the same rows; 42 unless told
     * @param name what the new data set is called
     */
    @Schema(name = "RowsToMake")
    record MadeOrder(Long rows, Optional<Long> seed, String name) {}

    @PostMapping("/trained-models/{id}/rows")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Needs(Scopes.DATASET_EDIT)
    @Operation(
            operationId = "generateRows",
            summary =
                    "Has a generative network make rows, as a job whose result is a new data set; none of them is real")
    JobView generate(Caller caller, @PathVariable UUID id, @RequestBody MadeOrder order) {
        TrainedModel model = models(caller).get(id.toString());
        return job(
                caller,
                trainings.submitGeneration(
                        caller,
                        model.id(),
                        Body.part(order.rows(), "rows"),
                        order.seed().orElse(TrainingSpec.DEFAULT_SEED),
                        Body.part(order.name(), "name").strip()));
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
    List<JobView> trainings(Caller caller) {
        return studio.jobs().list(caller, JobQuery.OPEN.ofType(TrainingJobs.TRAIN)).stream()
                .map(JobView::of)
                .toList();
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
