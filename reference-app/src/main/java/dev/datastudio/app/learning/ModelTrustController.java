package dev.datastudio.app.learning;

import dev.datastudio.api.job.JobId;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.job.JobView;
import dev.datastudio.app.web.Body;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.TrainingJobs;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.TrainedModel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Questions to a model before it is trusted: explanations, drift, other models beside it (A5, A6). */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "trained models")
class ModelTrustController {

    private final Studio studio;
    private final TrainingJobs trainings;

    ModelTrustController(Studio studio, TrainingJobs trainings) {
        this.studio = studio;
        this.trainings = trainings;
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
        return job(caller, trainings.submitDrift(caller, model.id(), OwnDataset.of(studio, caller, order.datasetId())));
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

    private Models models(Caller caller) {
        return Models.of(studio).as(caller);
    }

    private JobView job(Caller caller, JobId id) {
        return JobView.of(studio.jobs().get(caller, id));
    }
}
