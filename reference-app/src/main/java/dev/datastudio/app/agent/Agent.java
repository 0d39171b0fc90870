package dev.datastudio.app.agent;

import dev.datastudio.agents.agent.AgentConfig;
import dev.datastudio.agents.agent.AgentSpec;
import java.util.List;
import java.util.Optional;

/**
 * An agent as the organisation has it.
 *
 * @param id names it, such as {@code data_analyst}
 * @param title what people call it
 * @param description what it is good at, by which questions are routed to it
 * @param instructions what the model is told of its task
 * @param tools the names of those that it may use
 * @param model the name of the configuration of its model; null for the active one
 * @param temperature 0 to 2; null for that of the model
 * @param maxSteps how often its model is asked for one answer at most
 * @param maxTokens how many tokens one answer may take
 * @param origin {@code built_in}, {@code program} or {@code organisation}
 * @param customised whether the organisation changed it
 * @param revision 0 as long as it is as it came
 */
public record Agent(
        String id,
        String title,
        String description,
        String instructions,
        List<String> tools,
        Optional<String> model,
        Optional<Double> temperature,
        int maxSteps,
        long maxTokens,
        String origin,
        boolean customised,
        long revision) {
    static Agent of(AgentConfig config) {
        AgentSpec spec = config.spec();
        return new Agent(
                spec.id(),
                spec.title(),
                spec.description(),
                spec.instructions(),
                spec.tools(),
                Optional.of(spec.model()).filter(model -> !model.isEmpty()),
                spec.temperature().stream().boxed().findFirst(),
                spec.limits().maxSteps(),
                spec.limits().maxTokens(),
                config.origin().jsonName(),
                config.isChanged(),
                config.revision());
    }
}
