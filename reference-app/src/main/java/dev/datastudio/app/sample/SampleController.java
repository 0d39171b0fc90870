package dev.datastudio.app.sample;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.Scopes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Adds the samples. */
@RestController
@RequestMapping("/api/v1/samples")
@Tag(name = "platform")
class SampleController {
    private final Samples samples;

    SampleController(Samples samples) {
        this.samples = samples;
    }

    /**
     * The samples.
     *
     * @param datasetId the data set
     * @param graphId the graph that asks it
     * @param questions about the data set, to begin with
     */
    @Schema(name = "SampleSet")
    record SampleSet(String datasetId, String graphId, List<String> questions) {}

    @PostMapping
    @Needs(Scopes.DATASET_EDIT)
    @Operation(operationId = "addSamples", summary = "Adds the sample data set and graph, or finds them")
    SampleSet add(Caller caller) {
        Samples.Added added = samples.add(caller);
        return new SampleSet(added.dataset().id().toString(), added.graphId(), added.questions());
    }
}
