package dev.datastudio.agents.agent.internal;

import dev.datastudio.agents.agent.AgentReply;
import dev.datastudio.agents.agent.AgentReply.Usage;
import dev.datastudio.agents.agent.internal.AgentState.Kind;
import dev.datastudio.agents.agent.internal.AgentState.Output;
import dev.datastudio.agents.agent.internal.AgentState.Said;
import dev.datastudio.agents.model.ModelCall;
import dev.datastudio.agents.model.ModelCall.Counted;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What runs with a model ended with, as replies. */
final class Replies {
    private Replies() {}

    /**
     * The reply of a run.
     *
     * @param calls of the model, as they were counted, the latest first
     */
    static AgentReply of(Output output, String agent, List<ModelCall> calls) {
        return new AgentReply(
                output.task().run(),
                agent,
                output.ending().status(),
                output.ending().text(),
                messages(output.task().question(), output.said()),
                output.steps(),
                Figures.check(output.ending().text(), output.memory(), output.prompt(), output.steps()),
                calls.isEmpty() ? "" : calls.get(0).config(), // the latest
                usage(calls),
                output.ending().problem());
    }

    /** The question and what was said, without notices, and without answers that were given again after one. */
    private static List<ChatMessage> messages(String question, List<Said> said) {
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(UserMessage.from(question));
        for (int i = 0; i < said.size(); i++) {
            boolean isCorrected = i + 2 < said.size()
                    && said.get(i + 1).kind() == Kind.CORRECTION
                    && said.get(i).message() instanceof AiMessage;
            if (!said.get(i).isNotice() && !isCorrected) {
                messages.add(said.get(i).message());
            }
        }
        return messages;
    }

    private static Usage usage(List<ModelCall> calls) {
        long input = calls.stream().mapToLong(ModelCall::inputTokens).sum();
        long output = calls.stream().mapToLong(ModelCall::outputTokens).sum();
        Optional<BigDecimal> cost = Optional.of(BigDecimal.ZERO);
        for (ModelCall call : calls) {
            if (call.counted() != Counted.NONE) {
                cost = cost.flatMap(sum -> call.cost().map(sum::add));
            }
        }
        return new Usage(calls.size(), input, output, cost);
    }
}
