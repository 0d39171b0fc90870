package dev.datastudio.app.learning;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.job.JobView;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.explore.ExploringJobs;
import dev.datastudio.ml.explore.Finding;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What data tell without a target: groups, components, unusual rows, forecasts (A27). */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "explorations")
class ExplorationController {
    private final Studio studio;
    private final ExploringJobs explorations;

    ExplorationController(Studio studio, ExploringJobs explorations) {
        this.studio = studio;
        this.explorations = explorations;
    }

    @PostMapping("/datasets/{id}/explorations")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Needs(Scopes.DATASET_EDIT)
    @Operation(
            operationId = "exploreDataset",
            summary = "Looks for groups, components, unusual rows or how a series goes on, as a job")
    JobView explore(Caller caller, @PathVariable UUID id, @RequestBody ExplorationOrder order) {
        Dataset dataset = studio.as(caller).datasets().get(new DatasetId(id));
        return JobView.of(studio.jobs().get(caller, explorations.submit(caller, order.of(dataset))));
    }

    /**
     * An exploration. Immutable.
     *
     * @param job as it stands
     * @param found what came of it; nothing until it is done
     */
    @Schema(name = "Exploration")
    record ExplorationView(JobView job, Optional<Found> found) {}

    /**
     * What an exploration came to. Immutable.
     *
     * @param sentences what was found, the most important first
     * @param notes what was noticed and done on the way
     * @param charts what shows it
     * @param tables the numbers behind it
     * @param datasetId the new data set with what was found of each row, where a name for that was given
     * @param modelId the model that tells the same of new rows, where a name for that was given
     */
    @Schema(name = "ExplorationFinding")
    record Found(
            List<String> sentences,
            List<String> notes,
            List<Drawing> charts,
            List<Table> tables,
            Optional<String> datasetId,
            Optional<String> modelId) {
        static Found of(Finding finding) {
            return new Found(
                    finding.sentences(),
                    finding.notes(),
                    finding.drawings().stream().map(Drawing::of).toList(),
                    finding.tables().stream().map(Table::of).toList(),
                    finding.kept().map(DatasetId::toString),
                    finding.model());
        }
    }

    /**
     * A table of an exploration. Immutable.
     *
     * @param title what it holds
     * @param columns their titles
     * @param rows each as wide as the columns, of texts and numbers
     */
    @Schema(name = "ExplorationTable")
    record Table(String title, List<String> columns, List<List<@Nullable Object>> rows) {
        static Table of(Finding.Table each) {
            return new Table(each.title(), each.columns(), each.rows());
        }
    }

    /**
     * A chart of an exploration. Immutable.
     *
     * @param name what it is about
     * @param title what it shows
     * @param figure as Plotly draws it
     * @param columns of its numbers as a table
     * @param rows each as wide as the columns
     */
    @Schema(name = "ExplorationChart")
    record Drawing(
            String name,
            String title,

            @Schema(type = "object", additionalProperties = Schema.AdditionalPropertiesValue.TRUE) @JsonRawValue
            String figure,

            List<String> columns,
            List<List<@Nullable Object>> rows) {
        static Drawing of(Finding.Drawing each) {
            return new Drawing(each.name(), each.title(), each.figure(), each.columns(), each.rows());
        }
    }

    @GetMapping("/jobs/{id}/exploration")
    @Needs(Scopes.JOB_GET)
    @Operation(operationId = "getExploration", summary = "What an exploration came to")
    ExplorationView exploration(Caller caller, @PathVariable UUID id) {
        JobId job = new JobId(id.toString());
        return new ExplorationView(
                JobView.of(studio.jobs().get(caller, job)),
                explorations.finding(caller, job).map(Found::of));
    }
}
