package dev.datastudio.agents.agent.internal;

import dev.datastudio.agents.agent.AgentStep;
import dev.datastudio.agents.agent.AgentStep.ModelStep;
import dev.datastudio.core.text.internal.OutsideText;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names calls of tools: some services give them no id, or the same one twice. */
final class CallIds {
    /** Longer names no tool has. */
    private static final int MAX_NAME = 64;

    private CallIds() {}

    /** The message, with calls whose ids are unique in the run, and with names and arguments that are there. */
    static AiMessage unique(AiMessage message, List<AgentStep> steps) {
        if (!message.hasToolExecutionRequests()) {
            return message;
        }
        Set<String> taken = new HashSet<>();
        int number = 1;
        for (AgentStep step : steps) {
            if (step instanceof ModelStep asked) {
                taken.addAll(asked.calls());
                number++;
            }
        }
        List<ToolExecutionRequest> calls = new ArrayList<>();
        for (ToolExecutionRequest call : message.toolExecutionRequests()) {
            String id = call.id() == null || call.id().isBlank() || !taken.add(call.id())
                    ? "call_" + number + "_" + (calls.size() + 1)
                    : call.id();
            taken.add(id);
            calls.add(call.toBuilder()
                    .id(id)
                    .name(call.name() == null ? "" : OutsideText.line(call.name(), MAX_NAME))
                    .arguments(call.arguments() == null || call.arguments().isBlank() ? "{}" : call.arguments())
                    .build());
        }
        return message.toBuilder().toolExecutionRequests(calls).build();
    }
}
