package dev.datastudio.app.learning;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.job.JobView;
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
import io.swagger.v3.oas.annotations.Operation;
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
        Dataset dataset = OwnDataset.of(studio, caller, order.datasetId());
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
}
