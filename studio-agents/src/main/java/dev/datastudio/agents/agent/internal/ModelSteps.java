package dev.datastudio.agents.agent.internal;

import dev.datastudio.agents.agent.AgentStep;
import dev.datastudio.agents.agent.AgentStep.ModelStep;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.time.Duration;
import java.util.List;

/** Answers of a model as steps of a run. */
final class ModelSteps {
    private ModelSteps() {}

    static ModelStep of(int number, AiMessage message, ChatResponse response, Duration took) {
        TokenUsage usage = response.tokenUsage();
        return new ModelStep(
                number,
                response.modelName() == null ? "" : response.modelName(),
                message.text() == null ? "" : message.text(),
                message.toolExecutionRequests().stream()
                        .map(ToolExecutionRequest::id)
                        .toList(),
                usage == null || usage.inputTokenCount() == null ? 0 : usage.inputTokenCount(),
                usage == null || usage.outputTokenCount() == null ? 0 : usage.outputTokenCount(),
                took);
    }

    /** The tokens of all of them. */
    static long tokens(List<AgentStep> steps) {
        return steps.stream()
                .filter(ModelStep.class::isInstance)
                .map(ModelStep.class::cast)
                .mapToLong(step -> step.inputTokens() + step.outputTokens())
                .sum();
    }
}
