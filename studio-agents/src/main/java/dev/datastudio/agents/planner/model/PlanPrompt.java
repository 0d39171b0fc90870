package dev.datastudio.agents.planner.model;

import dev.langchain4j.agent.tool.ToolSpecification;
import java.util.List;
import java.util.Objects;

/**
 * All that a model is sent for a question. Immutable.
 *
 * @param version names the wording; changes with it
 * @param system what a model is told of every question
 * @param user the tables, what was taught, and the question
 * @param tools the tools of which it calls one
 * @param leftOut names of tables of which the model is told no more than the name, because there was no room for them
 */
public record PlanPrompt(
        String version, String system, String user, List<ToolSpecification> tools, List<String> leftOut) {
    public PlanPrompt {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(user, "user");
        tools = List.copyOf(tools);
        leftOut = List.copyOf(leftOut);
    }
}
