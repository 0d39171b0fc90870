package dev.datastudio.app.platform;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.datastudio.agents.model.ModelCapabilities;
import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.agents.model.Models;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.device.Devices;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What programs around a data platform ask first: whether anything answers here, and which workers are connected. */
@RestController
@RequestMapping("/api/v1/studio")
@Tag(name = "studio")
@Needs(Scopes.SOURCE_GET)
class StudioController {
    private final Studio studio;

    StudioController(Studio studio) {
        this.studio = studio;
    }

    /**
     * What can answer questions here.
     *
     * @param agentAvailable whether questions are answered at all
     * @param modelConfigured whether a model is configured
     * @param activeConfig the model that is used when none is named, without its key; null when there is none
     */
    @Schema(name = "AgentCapabilities")
    record AgentCapabilities(
            @JsonProperty("agent_available") boolean agentAvailable,
            @JsonProperty("llm_configured") boolean modelConfigured,
            @JsonProperty("active_config") Optional<ActiveConfig> activeConfig) {
        static AgentCapabilities of(ModelCapabilities capabilities) {
            return new AgentCapabilities(
                    capabilities.isAgentAvailable(),
                    capabilities.isModelConfigured(),
                    capabilities.activeConfig().map(ActiveConfig::of));
        }
    }

    /**
     * A configured model, in short.
     *
     * @param id names it
     * @param name what people call it
     * @param provider who offers it
     * @param modelName its name at the service
     * @param endpointUrl where the service is reached
     */
    @Schema(name = "ActiveConfig")
    record ActiveConfig(
            UUID id,
            String name,
            String provider,
            @JsonProperty("model_name") String modelName,
            @JsonProperty("endpoint_url") String endpointUrl) {
        static ActiveConfig of(ModelConfig config) {
            return new ActiveConfig(
                    config.id(),
                    config.name(),
                    config.spec().provider().id(),
                    config.spec().modelName(),
                    config.spec().endpoint());
        }
    }

    @GetMapping("/agent/capabilities")
    @Operation(operationId = "getAgentCapabilities", summary = "Whether agents answer here, and with which model")
    AgentCapabilities capabilities(Caller caller) {
        return AgentCapabilities.of(Models.of(studio).as(caller).capabilities());
    }

    /**
     * The workers that are connected.
     *
     * @param connectedWorkers their numbers
     * @param workerCount how many there are
     */
    @Schema(name = "WorkerStatus")
    record WorkerStatus(
            @JsonProperty("connected_workers") List<Integer> connectedWorkers,
            @JsonProperty("worker_count") int workerCount) {
        static final WorkerStatus NONE = new WorkerStatus(List.of(), 0);
    }

    @GetMapping("/status")
    @Operation(operationId = "getWorkerStatus", summary = "Which remote data workers are connected")
    WorkerStatus status() {
        return WorkerStatus.NONE; // no worker can connect yet
    }

    /**
     * What models are trained on here.
     *
     * @param cpuThreads how many threads can work at once
     * @param cards those that Studio can see
     * @param cardsNote why there is none, or where they were found
     * @param boosting what boosted trees are trained on: {@code cpu} or {@code cuda}
     * @param boostingNote why
     */
    @Schema(name = "LearningDevices")
    record LearningDevices(
            int cpuThreads, List<LearningCard> cards, String cardsNote, String boosting, String boostingNote) {
        static LearningDevices of(Devices devices) {
            return new LearningDevices(
                    devices.cpuThreads(),
                    devices.cards().stream()
                            .map(card -> new LearningCard(card.name(), card.memoryBytes(), card.driver()))
                            .toList(),
                    devices.cardsNote(),
                    devices.boosting(),
                    devices.boostingNote());
        }
    }

    /**
     * A card.
     *
     * @param name as its driver tells it
     * @param memoryBytes its own memory; 0 when it is not known
     * @param driver the version of the driver; empty when it is not known
     */
    @Schema(name = "LearningCard")
    record LearningCard(String name, long memoryBytes, String driver) {}

    @GetMapping("/devices")
    @Operation(operationId = "getLearningDevices", summary = "What models are trained on: processor and cards")
    @Needs(Scopes.SETTINGS_GET)
    LearningDevices devices() {
        return LearningDevices.of(Devices.found());
    }
}
