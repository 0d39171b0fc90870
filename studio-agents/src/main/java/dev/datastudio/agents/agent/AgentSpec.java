package dev.datastudio.agents.agent;

import dev.datastudio.agents.agent.internal.SpecRules;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What an agent is. Immutable; begins at {@link #of}.
 *
 * @param id names it, such as {@code data_analyst}: 2 to 64 lower-case letters, digits and '_', beginning with a letter
 * @param title what people call it, 1 to 100 characters
 * @param description what it is good at, by which a question is routed to it; at most 1,000 characters
 * @param instructions what the model is told of its task; at most 20,000 characters
 * @param tools the names of those it may use, at most 64; names of tools that are not there now do no harm
 * @param model the name of the configuration of its model; empty for the active one
 * @param temperature 0 to 2; empty for that of the model's configuration
 * @param limits how far a run may go
 */
public record AgentSpec(
        String id,
        String title,
        String description,
        String instructions,
        List<String> tools,
        String model,
        OptionalDouble temperature,
        AgentLimits limits) {
    /** How long instructions may be, in characters. */
    public static final int MAX_INSTRUCTIONS = 20_000;

    /** @throws StudioException {@link ErrorCode#INVALID_ARGUMENT} that names every part that breaks its rule */
    public AgentSpec {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(instructions, "instructions");
        tools = tools.stream().distinct().toList();
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(temperature, "temperature");
        Objects.requireNonNull(limits, "limits");
        new SpecRules(id, title, description, instructions, tools, model, temperature).check();
    }

    /** An agent without tools, on the active model, with {@link AgentLimits#DEFAULT}. */
    public static AgentSpec of(String id, String title, String instructions) {
        return new AgentSpec(id, title, "", instructions, List.of(), "", OptionalDouble.empty(), AgentLimits.DEFAULT);
    }

    /** With another title. */
    public AgentSpec withTitle(String value) {
        return new AgentSpec(id, value, description, instructions, tools, model, temperature, limits);
    }

    /** With another description. */
    public AgentSpec withDescription(String value) {
        return new AgentSpec(id, title, value, instructions, tools, model, temperature, limits);
    }

    /** With other instructions. */
    public AgentSpec withInstructions(String value) {
        return new AgentSpec(id, title, description, value, tools, model, temperature, limits);
    }

    /** With these tools and no others. */
    public AgentSpec withTools(List<String> names) {
        return new AgentSpec(id, title, description, instructions, names, model, temperature, limits);
    }

    /** On the model of a configuration; of an empty name, on the active one. */
    public AgentSpec withModel(String configuration) {
        return new AgentSpec(id, title, description, instructions, tools, configuration, temperature, limits);
    }

    /** With a temperature of its own. */
    public AgentSpec withTemperature(double value) {
        return new AgentSpec(id, title, description, instructions, tools, model, OptionalDouble.of(value), limits);
    }

    /** With other limits. */
    public AgentSpec withLimits(AgentLimits value) {
        return new AgentSpec(id, title, description, instructions, tools, model, temperature, value);
    }
}
