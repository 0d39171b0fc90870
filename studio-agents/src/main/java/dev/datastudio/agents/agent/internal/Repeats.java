package dev.datastudio.agents.agent.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.agents.agent.AgentStep;
import dev.datastudio.agents.agent.AgentStep.ToolStep;
import java.util.List;
import java.util.Optional;

/** Finds calls that failed before, so that a model can't go round in circles. */
final class Repeats {
    /** A call that failed so often, in the same words, ends the search: the model is to answer without tools. */
    private static final int STUCK = 3;

    private static final ObjectMapper JSON = new ObjectMapper();

    private Repeats() {}

    /** The first time that this call, with the same arguments, failed. */
    static Optional<ToolStep> earlierFailure(List<AgentStep> steps, String tool, String arguments) {
        return failures(steps).stream()
                .filter(step -> isSame(step, tool, arguments))
                .findFirst();
    }

    /** Whether the model asks again and again for what failed. */
    static boolean isStuck(List<AgentStep> steps) {
        List<ToolStep> failures = failures(steps);
        return failures.stream()
                .anyMatch(one -> failures.stream()
                                .filter(other -> isSame(other, one.tool(), one.arguments()))
                                .count()
                        >= STUCK);
    }

    private static List<ToolStep> failures(List<AgentStep> steps) {
        return steps.stream()
                .filter(ToolStep.class::isInstance)
                .map(ToolStep.class::cast)
                .filter(ToolStep::isError)
                .toList();
    }

    private static boolean isSame(ToolStep step, String tool, String arguments) {
        return step.tool().equals(tool) && canonical(step.arguments()).equals(canonical(arguments));
    }

    /** Equal for arguments that differ in blanks and order alone. */
    private static Object canonical(String arguments) {
        try {
            return JSON.readTree(arguments);
        } catch (JsonProcessingException e) {
            return arguments.strip(); // no JSON at all: the text itself
        }
    }
}
