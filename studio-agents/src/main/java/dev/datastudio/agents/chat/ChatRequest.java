package dev.datastudio.agents.chat;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.List;
import java.util.Objects;

/**
 * What somebody says. Immutable; begins at {@link #of}.
 *
 * @param message 1 to 100,000 characters, not blank
 * @param conversation the id of the conversation; empty to begin one
 * @param agent the id of the agent that shall answer, or {@link #AUTO}
 * @param model the name of the configuration of the model for this message; empty for that of the agent
 * @param context what it is about
 */
public record ChatRequest(String message, String conversation, String agent, String model, ChatContext context) {
    /** In place of an agent: the orchestrator chooses who answers. */
    public static final String AUTO = "auto";

    /** How long a message may be, in characters. */
    public static final int MAX_MESSAGE = 100_000;

    /** @throws StudioException {@link ErrorCode#INVALID_ARGUMENT} when the message is blank or too long */
    public ChatRequest {
        Objects.requireNonNull(conversation, "conversation");
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(context, "context");
        if (message.isBlank() || message.length() > MAX_MESSAGE) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The message has " + message.length() + " characters" + (message.isBlank() ? " and no word" : ""),
                    "Send 1 to " + MAX_MESSAGE + " characters");
        }
    }

    /** Begins a conversation, about nothing in particular; the orchestrator chooses who answers. */
    public static ChatRequest of(String message) {
        return new ChatRequest(message, "", AUTO, "", ChatContext.NONE);
    }

    /** Goes on with a conversation. */
    public ChatRequest in(String id) {
        return new ChatRequest(message, id, agent, model, context);
    }

    /** To be answered by an agent. */
    public ChatRequest to(String id) {
        return new ChatRequest(message, conversation, id, model, context);
    }

    /** With the model of a configuration. */
    public ChatRequest with(String configuration) {
        return new ChatRequest(message, conversation, agent, configuration, context);
    }

    /** About these data sets and databases. */
    public ChatRequest about(String... sources) {
        return within(context.withSources(List.of(sources)));
    }

    /** About this. */
    public ChatRequest within(ChatContext value) {
        return new ChatRequest(message, conversation, agent, model, value);
    }
}
