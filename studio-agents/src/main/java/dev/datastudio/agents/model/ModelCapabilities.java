package dev.datastudio.agents.model;

import java.util.Objects;
import java.util.Optional;

/**
 * What can answer questions here. Immutable.
 *
 * @param isAgentAvailable whether questions are answered at all: always, as the built-in planner needs no model
 * @param activeConfig the model that is used when none is named; without its key, as everywhere
 */
public record ModelCapabilities(boolean isAgentAvailable, Optional<ModelConfig> activeConfig) {
    public ModelCapabilities {
        Objects.requireNonNull(activeConfig, "activeConfig");
    }

    /** Whether a model is configured. */
    public boolean isModelConfigured() {
        return activeConfig.isPresent();
    }
}
