package dev.datastudio.agents.agent.internal;

import dev.datastudio.agents.agent.AgentStep;
import dev.datastudio.agents.agent.AgentStep.ToolStep;
import dev.datastudio.agents.agent.internal.AgentState.Prompt;
import dev.datastudio.agents.figure.FigureCheck;
import dev.datastudio.agents.figure.FigureReport;
import dev.datastudio.agents.figure.ToolOutput;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;

/** Ties the numbers of answers to what tools gave, now and earlier in the conversation, and to what was asked. */
final class Figures {
    private static final int MAX_SHOWN = 20;

    /** How the sources that a question is about are called as evidence. */
    private static final String CONTEXT = "context";

    private Figures() {}

    /** Checks an answer of a run. */
    static FigureReport check(String answer, List<ChatMessage> memory, Prompt prompt, List<AgentStep> steps) {
        List<ToolOutput> outputs = new ArrayList<>();
        StringBuilder asked = new StringBuilder();
        for (ChatMessage message : memory) {
            if (message instanceof ToolExecutionResultMessage result && result.hasSingleText()) {
                outputs.add(new ToolOutput(
                        result.id() == null ? "" : result.id(),
                        result.toolName() == null ? "" : result.toolName(),
                        result.text()));
            } else if (message instanceof UserMessage user && user.hasSingleText()) {
                asked.append(user.singleText()).append('\n');
            }
        }
        if (!prompt.about().isEmpty()) {
            outputs.add(new ToolOutput(CONTEXT, CONTEXT, prompt.about()));
        }
        outputs.addAll(outputs(steps));
        return FigureCheck.check(answer, asked.append(prompt.question()).toString(), outputs);
    }

    static List<ToolOutput> outputs(List<AgentStep> steps) {
        return steps.stream()
                .filter(ToolStep.class::isInstance)
                .map(ToolStep.class::cast)
                .map(step -> new ToolOutput(step.call(), step.tool(), step.text()))
                .toList();
    }

    /** As many as a model needs to see what is meant. */
    static String shown(List<String> figures) {
        String shown = String.join(", ", figures.subList(0, Math.min(MAX_SHOWN, figures.size())));
        int more = figures.size() - MAX_SHOWN;
        return more > 0 ? shown + " and " + more + " more" : shown;
    }
}
