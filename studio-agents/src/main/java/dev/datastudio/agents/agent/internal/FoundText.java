package dev.datastudio.agents.agent.internal;

import dev.datastudio.agents.agent.AgentStep;
import dev.datastudio.agents.agent.AgentStep.ToolStep;
import dev.datastudio.core.text.internal.OutsideText;
import java.util.List;

/** An answer in place of the model's, when it may not be asked again: what tools found until then. */
final class FoundText {
    private static final int MAX_RESULTS = 5;
    private static final int MAX_CHARACTERS = 1_500;

    private FoundText() {}

    static String of(List<AgentStep> steps) {
        List<ToolStep> found = steps.stream()
                .filter(ToolStep.class::isInstance)
                .map(ToolStep.class::cast)
                .filter(step -> !step.isError())
                .toList();
        if (found.isEmpty()) {
            return "No answer was found within the limits of one run, and no tool found anything until then. Ask for"
                    + " less at once.";
        }
        StringBuilder text = new StringBuilder(
                "No answer was found within the limits of one run. This is what tools found until then; ask for less at"
                        + " once to get further.\n");
        for (ToolStep step : found.subList(Math.max(0, found.size() - MAX_RESULTS), found.size())) {
            String result = OutsideText.cut(step.text(), MAX_CHARACTERS);
            text.append("\n**").append(step.tool()).append("**\n\n```\n").append(result.replace("```", "'''"));
            text.append(result.length() < step.text().length() ? "\n…" : "").append("\n```\n");
        }
        return text.toString();
    }
}
