package dev.datastudio.agents.agent.internal;

import dev.datastudio.agents.agent.AgentContext;
import dev.datastudio.agents.agent.AgentReply;
import dev.datastudio.agents.agent.AgentStep;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.langchain4j.data.message.ChatMessage;
import java.util.List;
import java.util.Optional;

/** What a run of an agent knows, as the graph keeps it. */
final class AgentState {
    /** What is to be done. */
    static final LastChannel<Task> TASK = Channel.last("task", Task.class);

    /** What was said before the run. */
    static final AppendChannel<ChatMessage> MEMORY = Channel.append("memory", ChatMessage.class);

    /** What the model is told beside the messages. */
    static final LastChannel<Prompt> PROMPT = Channel.last("prompt", Prompt.class);

    /** What was said since the question. */
    static final AppendChannel<Said> SAID = Channel.append("said", Said.class);

    /** What was done. */
    static final AppendChannel<AgentStep> STEPS = Channel.append("steps", AgentStep.class);

    /** How the run ended, when it has. */
    static final LastChannel<Ending> ENDING = Channel.last("ending", Ending.class);

    private AgentState() {}

    /**
     * What a run begins with.
     *
     * @param run its id
     * @param user whose it is
     * @param spec the agent, as JSON
     * @param question as it was asked
     * @param context what it is about
     * @param conversation the id of the conversation; empty for none
     */
    record Task(String run, String user, String spec, String question, AgentContext context, String conversation) {}

    /** What goes in. */
    record Input(Task task, List<ChatMessage> memory) {}

    /** What comes out. */
    record Output(
            Task task,
            List<ChatMessage> memory,
            Prompt prompt,
            List<Said> said,
            List<AgentStep> steps,
            Ending ending) {}

    /**
     * What the model is told beside the messages.
     *
     * @param system rules and instructions
     * @param about what the question is about, as data; empty for nothing
     * @param question as the model is shown it
     */
    record Prompt(String system, String about, String question) {
        String user() {
            return about.isEmpty() ? question : about + "\n\n" + question;
        }
    }

    /**
     * A message.
     *
     * @param kind whose it is
     */
    record Said(ChatMessage message, Kind kind) {
        /** What the model said, or a tool gave. */
        static Said of(ChatMessage message) {
            return new Said(message, Kind.SPOKEN);
        }

        /** Whether the loop itself said it, to the model alone; it follows what it is about. */
        boolean isNotice() {
            return kind != Kind.SPOKEN;
        }
    }

    /** Whose a message is. */
    enum Kind {
        /** The model's or a tool's. */
        SPOKEN,
        /** The loop's: the model gave no answer. */
        NO_ANSWER,
        /** The loop's: numbers of the answer are tied to nothing. */
        CORRECTION
    }

    /**
     * A call of a tool that the model asked for.
     *
     * @param id unique in the run
     */
    record ToolTask(String id, String tool, String arguments) {}

    /** How a run ended. */
    record Ending(AgentReply.Status status, String text, Optional<AgentReply.Problem> problem) {}
}
