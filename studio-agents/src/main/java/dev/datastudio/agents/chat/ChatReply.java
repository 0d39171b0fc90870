package dev.datastudio.agents.chat;

import dev.datastudio.agents.agent.AgentReply;
import dev.datastudio.agents.agent.AgentReply.Problem;
import dev.datastudio.agents.figure.FigureReport;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a message was answered with. Immutable.
 *
 * @param conversation the id of the conversation
 * @param question the number of the message that was answered
 * @param answer the number of the message that holds the answer
 * @param status how it ended; {@link AgentReply.Status#STOPPED} when it was stopped, and the text is a part of an answer
 * @param text the answer; may be empty when it was stopped or failed
 * @param routing who answered, and why
 * @param agents what each agent answered, in the order of the routing; fewer when it was stopped
 * @param figures what the numbers of the text rest on; none where no model wrote it
 * @param memory what of the conversation the agents were told
 * @param problem what went wrong or is missing; empty when nothing is
 */
public record ChatReply(
        String conversation,
        long question,
        long answer,
        AgentReply.Status status,
        String text,
        Routing routing,
        List<AgentReply> agents,
        FigureReport figures,
        MemoryUse memory,
        Optional<Problem> problem) {
    public ChatReply {
        Objects.requireNonNull(conversation, "conversation");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(routing, "routing");
        agents = List.copyOf(agents);
        Objects.requireNonNull(figures, "figures");
        Objects.requireNonNull(memory, "memory");
        Objects.requireNonNull(problem, "problem");
    }

    /** The keys of files that were made, in the order in which they were made. */
    public List<String> artifacts() {
        return agents.stream()
                .flatMap(reply -> reply.artifacts().stream())
                .distinct()
                .toList();
    }

    /**
     * What of a conversation agents were told. Immutable.
     *
     * @param messages how many earlier messages in their own words
     * @param summarized how many by a summary
     * @param leftOut how many not at all
     * @param tokens how many tokens that makes, estimated
     */
    public record MemoryUse(int messages, int summarized, int leftOut, int tokens) {
        /** The conversation has just begun. */
        public static final MemoryUse NOTHING = new MemoryUse(0, 0, 0, 0);

        /** In a sentence, for people. */
        public String told() {
            if (messages + summarized + leftOut == 0) {
                return "Nothing was said before";
            }
            return "Of what was said before, " + messages + " messages are remembered word by word"
                    + (summarized == 0 ? "" : ", " + summarized + " in a summary")
                    + (leftOut == 0 ? "" : ", " + leftOut + " not at all");
        }
    }
}
