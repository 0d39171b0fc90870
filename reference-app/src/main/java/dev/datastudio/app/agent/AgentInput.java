package dev.datastudio.app.agent;

import dev.datastudio.agents.agent.AgentSpec;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What an agent shall be; what is absent stays as it is.
 *
 * @param title what people call it, 1 to 100 characters
 * @param description what it is good at, at most 1,000 characters
 * @param instructions what the model is told of its task, at most 20,000 characters
 * @param tools the names of those that it may use, at most 64
 * @param model the name of the configuration of its model; empty for the active one
 * @param temperature 0 to 2
 * @param maxSteps 1 to 50
 * @param maxTokens 1,000 to 10,000,000
 */
record AgentInput(
        @Nullable String title,
        @Nullable String description,
        @Nullable String instructions,
        @Nullable List<String> tools,
        @Nullable String model,
        @Nullable Double temperature,
        @Nullable Integer maxSteps,
        @Nullable Long maxTokens) {
    AgentSpec applyTo(AgentSpec spec) {
        return new AgentSpec(
                spec.id(),
                title == null ? spec.title() : title,
                description == null ? spec.description() : description,
                instructions == null ? spec.instructions() : instructions,
                tools == null ? spec.tools() : tools,
                model == null ? spec.model() : model,
                temperature == null ? spec.temperature() : OptionalDouble.of(temperature),
                spec.limits()
                        .withMaxSteps(maxSteps == null ? spec.limits().maxSteps() : maxSteps)
                        .withMaxTokens(maxTokens == null ? spec.limits().maxTokens() : maxTokens));
    }
}
