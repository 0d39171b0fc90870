package dev.datastudio.agents.chat;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.tool.SideEffect;
import dev.datastudio.core.conversation.Message;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What happens while a message is answered. Immutable.
 *
 * @param conversation the id of the conversation
 * @param turn the id of the turn
 * @param sequence rises within the turn, with gaps; a client that was cut off goes on after the last one that it had; 0
 *     for {@link Connected}
 * @param at when it happened
 * @param content what happened
 */
public record ChatEvent(String conversation, String turn, long sequence, Instant at, Content content) {
    public ChatEvent {
        Objects.requireNonNull(conversation, "conversation");
        Objects.requireNonNull(turn, "turn");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(content, "content");
    }

    /** What clients call it, such as {@code token}. */
    public String name() {
        return content.name();
    }

    /** What happened. */
    public sealed interface Content {
        /** What clients call it. */
        String name();
    }

    /** A listener was added to the turn; the first event that it is told. */
    public record Connected() implements Content {
        @Override
        public String name() {
            return "connection_established";
        }
    }

    /**
     * A message was kept: the question first, the answer last.
     *
     * @param number of the message
     * @param parent the number of the message that it follows
     * @param text of an answer, in place of the tokens so far
     * @param detail JSON with what belongs to it
     */
    public record Said(long number, long parent, Message.Role role, String text, String detail) implements Content {
        public Said {
            Objects.requireNonNull(role, "role");
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(detail, "detail");
        }

        @Override
        public String name() {
            return "message";
        }
    }

    /** An agent begins or ends to work on its answer. */
    public record Typing(String agent, Phase phase) implements Content {
        public Typing {
            Objects.requireNonNull(agent, "agent");
            Objects.requireNonNull(phase, "phase");
        }

        @Override
        public String name() {
            return "typing";
        }

        /** Whether it goes on. */
        public enum Phase {
            STARTED,
            ENDED
        }
    }

    /** It is known who answers, and why; an {@code analysis_update} of the stage {@code routing}. */
    public record Routed(Routing routing) implements Content {
        public Routed {
            Objects.requireNonNull(routing, "routing");
        }

        @Override
        public String name() {
            return "analysis_update";
        }
    }

    /**
     * How the work goes on.
     *
     * @param stage what is told of
     * @param text a sentence for people
     */
    public record Update(Stage stage, String text) implements Content {
        public Update {
            Objects.requireNonNull(stage, "stage");
            Objects.requireNonNull(text, "text");
        }

        @Override
        public String name() {
            return "analysis_update";
        }

        /** What an update tells of. */
        public enum Stage {
            /** What of the conversation is remembered. */
            MEMORY,
            /** Answers of several agents are put together. */
            JOINING,
            /** Numbers that no tool result states. */
            FIGURES,
            /** Events that this listener missed. */
            MISSED
        }
    }

    /**
     * A piece of what an agent says.
     *
     * @param agent its id; {@code orchestrator} where answers are put together
     * @param step which call of the model, from 1: with another one the agent begins anew, as after a tool or to mend what
     *     it said
     */
    public record Token(String agent, int step, String text) implements Content {
        public Token {
            Objects.requireNonNull(agent, "agent");
            Objects.requireNonNull(text, "text");
        }

        @Override
        public String name() {
            return "token";
        }
    }

    /** An agent calls a tool; names and arguments as the model wrote them. */
    public record ToolCalled(String agent, String call, String tool, String arguments) implements Content {
        public ToolCalled {
            Objects.requireNonNull(agent, "agent");
            Objects.requireNonNull(call, "call");
            Objects.requireNonNull(tool, "tool");
            Objects.requireNonNull(arguments, "arguments");
        }

        @Override
        public String name() {
            return "tool_call";
        }
    }

    /**
     * A call of a tool ended.
     *
     * @param outcome whether it did what it was asked to
     * @param text the beginning of what it gave; the whole is in the detail of the answer
     * @param artifacts keys of files that it made
     * @param millis how long it took
     */
    public record ToolReturned(
            String agent,
            String call,
            String tool,
            ToolReturned.Outcome outcome,
            String text,
            List<String> artifacts,
            long millis)
            implements Content {
        public ToolReturned {
            Objects.requireNonNull(agent, "agent");
            Objects.requireNonNull(call, "call");
            Objects.requireNonNull(tool, "tool");
            Objects.requireNonNull(outcome, "outcome");
            Objects.requireNonNull(text, "text");
            artifacts = List.copyOf(artifacts);
        }

        @Override
        public String name() {
            return "tool_result";
        }

        /** How a call ended. */
        public enum Outcome {
            DONE,
            ERROR
        }
    }

    /**
     * A tool that does more than read waits until somebody says that it may run, by {@link ChatTurn#decide}.
     *
     * @param approval names what is to be decided, within the turn
     * @param arguments JSON that fits the tool's schema, otherwise as the model wrote it
     * @param effect what the tool does to the world
     */
    public record ApprovalAsked(String agent, String approval, String tool, String arguments, SideEffect effect)
            implements Content {
        public ApprovalAsked {
            Objects.requireNonNull(agent, "agent");
            Objects.requireNonNull(approval, "approval");
            Objects.requireNonNull(tool, "tool");
            Objects.requireNonNull(arguments, "arguments");
            Objects.requireNonNull(effect, "effect");
        }

        @Override
        public String name() {
            return "approval_needed";
        }
    }

    /**
     * It was decided whether a tool may run, or it was waited for too long.
     *
     * @param approval what was to be decided
     */
    public record ApprovalDecided(String approval, ApprovalDecided.Outcome outcome) implements Content {
        public ApprovalDecided {
            Objects.requireNonNull(approval, "approval");
            Objects.requireNonNull(outcome, "outcome");
        }

        @Override
        public String name() {
            return "approval_decided";
        }

        /** What was decided. */
        public enum Outcome {
            APPROVED,
            REFUSED
        }
    }

    /**
     * The turn failed.
     *
     * @param isLast whether nothing follows; else the message does that holds what was said until then
     */
    public record Failed(ErrorCode code, String what, String mend, boolean isLast) implements Content {
        public Failed {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(what, "what");
            Objects.requireNonNull(mend, "mend");
        }

        @Override
        public String name() {
            return "error";
        }
    }
}
