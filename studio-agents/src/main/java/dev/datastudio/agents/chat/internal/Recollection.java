package dev.datastudio.agents.chat.internal;

import dev.datastudio.agents.chat.ChatReply.MemoryUse;
import dev.datastudio.agents.chat.internal.Details.EarlierCall;
import dev.datastudio.agents.figure.ToolOutput;
import dev.datastudio.agents.prompt.internal.PromptFile;
import dev.datastudio.agents.prompt.internal.TokenEstimate;
import dev.datastudio.core.conversation.Message;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What of a conversation is remembered. Immutable.
 *
 * @param summary of what was said before the messages; empty for none
 * @param messages word by word, questions and answers, the oldest first
 * @param use what that makes
 */
record Recollection(String summary, List<Message> messages, MemoryUse use) {
    static final Recollection NOTHING = new Recollection("", List.of(), MemoryUse.NOTHING);

    /** How much of a result of a tool is remembered, in characters. */
    static final int MAX_RESULT = 600;

    /** How much of a message is remembered, in characters. */
    static final int MAX_TEXT = 8_000;

    private static final int MAX_CALLS = 4;
    private static final PromptFile RECALL = PromptFile.load("chat/recall");

    Recollection {
        messages = List.copyOf(messages);
    }

    static String text(Message message) {
        return ChatText.cut(ChatText.clean(message.text()), MAX_TEXT);
    }

    /** The latest calls of tools of an answer, with the beginnings of their results. */
    static List<EarlierCall> calls(Message answer) {
        List<EarlierCall> calls = Details.calls(answer);
        return calls.subList(Math.max(0, calls.size() - MAX_CALLS), calls.size()).stream()
                .map(call -> new EarlierCall(
                        call.call(),
                        call.tool(),
                        ChatText.cut(call.arguments(), MAX_RESULT),
                        ChatText.cut(call.text(), MAX_RESULT)))
                .toList();
    }

    static int tokens(Message message) {
        int tokens = TokenEstimate.of(text(message));
        for (EarlierCall call : calls(message)) {
            tokens += TokenEstimate.of(call.arguments()) + TokenEstimate.of(call.text());
        }
        return tokens;
    }

    /**
     * As an agent's model is told it.
     *
     * @param tools that the agent has: a service wants to know each tool whose calls it is shown
     */
    List<ChatMessage> forAgent(Collection<String> tools) {
        List<ChatMessage> told = new ArrayList<>();
        if (!summary.isBlank()) {
            told.add(UserMessage.from(RECALL.text() + "\n" + ChatText.marked("chat_summary", summary)));
            told.add(AiMessage.from("Noted."));
        }
        for (Message message : messages) {
            if (message.role() == Message.Role.USER) {
                told.add(UserMessage.from(text(message)));
            } else {
                calls(message, tools, told);
                told.add(AiMessage.from(message.text().isBlank() ? "(no answer)" : text(message)));
            }
        }
        return told;
    }

    private static void calls(Message answer, Collection<String> tools, List<ChatMessage> told) {
        List<EarlierCall> own = calls(answer).stream()
                .filter(call -> tools.contains(call.tool()))
                .toList();
        int number = 0;
        for (EarlierCall call : own) {
            String id = "earlier_" + answer.number() + "_" + ++number; // ids of two runs may be the same
            ToolExecutionRequest request = ToolExecutionRequest.builder()
                    .id(id)
                    .name(call.tool())
                    .arguments(call.arguments().endsWith("…") ? "{}" : call.arguments())
                    .build();
            told.add(AiMessage.from(request));
            told.add(ToolExecutionResultMessage.from(id, call.tool(), ChatText.clean(call.text())));
        }
    }

    /** All results of tools, in full, on which figures of later answers may rest. */
    List<ToolOutput> evidence() {
        List<ToolOutput> evidence = new ArrayList<>();
        for (Message message : messages) {
            for (EarlierCall call : Details.calls(message)) {
                evidence.add(new ToolOutput(message.number() + ":" + call.call(), call.tool(), call.text()));
            }
        }
        return evidence;
    }
}
