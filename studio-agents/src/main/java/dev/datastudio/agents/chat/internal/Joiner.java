package dev.datastudio.agents.chat.internal;

import dev.datastudio.agents.agent.AgentReply;
import dev.datastudio.agents.prompt.internal.PromptFile;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.text.internal.OutsideText;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Puts the answers of several agents together: by the model, or under headings. */
final class Joiner {
    private static final PromptFile JOIN = PromptFile.load("chat/join");
    private static final int MAX_ANSWER = 20_000;

    private final Optional<Asking> model;
    private final Map<String, String> titles;

    Joiner(Optional<Asking> model, Map<String, String> titles) {
        this.model = model;
        this.titles = titles;
    }

    /**
     * One text.
     *
     * @param text the answer
     * @param isWritten whether the model wrote it
     * @param problem why it did not though it was asked to; empty when it did, or was not asked
     */
    record Joined(String text, boolean isWritten, String problem) {}

    /**
     * Joins.
     *
     * @param pieces told of what the model writes, as it comes
     */
    Joined join(String question, List<AgentReply> replies, Consumer<String> pieces) {
        String problem = "";
        if (model.isPresent()) {
            try {
                String text = model.get().stream(
                        request(question, replies), piece -> pieces.accept(OutsideText.printable(piece)));
                if (!text.isBlank()) {
                    return new Joined(OutsideText.unloaded(OutsideText.printable(text)), true, "");
                }
                problem = "The model wrote nothing";
            } catch (StudioException e) {
                if (e.code() == ErrorCode.CANCELLED && Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                problem = e.what();
            }
        }
        return new Joined(underHeadings(replies), false, problem);
    }

    private ChatRequest request(String question, List<AgentReply> replies) {
        String answers = replies.stream()
                .map(reply -> "Answer of " + title(reply) + ":\n"
                        + ChatText.marked("agent_answer", ChatText.cut(text(reply), MAX_ANSWER)))
                .collect(Collectors.joining("\n"));
        return ChatRequest.builder()
                .messages(
                        SystemMessage.from(JOIN.text()),
                        UserMessage.from(
                                "The question:\n" + ChatText.marked("user_question", question) + "\n" + answers))
                .build();
    }

    private String underHeadings(List<AgentReply> replies) {
        return replies.stream()
                .map(reply -> "## " + title(reply) + "\n\n" + text(reply))
                .collect(Collectors.joining("\n\n"));
    }

    private static String text(AgentReply reply) {
        if (!reply.text().isBlank()) {
            return reply.text();
        }
        return reply.problem()
                .map(problem -> "No answer: " + problem.what() + ". " + problem.mend() + ".")
                .orElse("No answer.");
    }

    private String title(AgentReply reply) {
        return titles.getOrDefault(reply.agent(), reply.agent());
    }
}
