package dev.datastudio.agents.agent;

import dev.datastudio.agents.tool.Approval;
import dev.datastudio.core.analysis.AnalysisPlan;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What an agent is asked. Immutable; begins at {@link #of}.
 *
 * @param agent the id of the agent
 * @param question not blank
 * @param memory what was said before, the oldest first; without messages of the system, and each call of a tool together
 *     with its result
 * @param plans what was computed before, the oldest first: where no model answers, a question such as "now by month"
 *     changes the last one
 * @param context what the question is about
 * @param conversation the id of the conversation, to which the tokens are counted; empty for none
 * @param run the id under which the run is kept so that it can be resumed after a crash: up to 96 letters, digits, '.',
 *     '_' and '-', unique for the user; empty for a run that is not kept
 * @param approval decides about tools that do more than read
 */
public record AgentTask(
        String agent,
        String question,
        List<ChatMessage> memory,
        List<AnalysisPlan> plans,
        AgentContext context,
        String conversation,
        String run,
        Approval approval) {
    private static final Pattern RUN = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,95})?");

    /** @throws IllegalArgumentException if the question is blank, the id can't be one, or the system speaks in memory */
    public AgentTask {
        Objects.requireNonNull(agent, "agent");
        memory = List.copyOf(memory);
        plans = List.copyOf(plans);
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(conversation, "conversation");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(approval, "approval");
        if (question.isBlank()) {
            throw new IllegalArgumentException("question must not be blank");
        }
        if (!RUN.matcher(run).matches()) {
            throw new IllegalArgumentException(
                    "run must be 1 to 96 letters, digits, '.', '_' and '-', beginning with a letter or digit, was '"
                            + run + "'");
        }
        if (memory.stream().anyMatch(SystemMessage.class::isInstance)) {
            throw new IllegalArgumentException("memory must have no messages of the system");
        }
    }

    /** A question that begins a conversation, about nothing in particular; tools may only read. */
    public static AgentTask of(String agent, String question) {
        return new AgentTask(agent, question, List.of(), List.of(), AgentContext.NONE, "", "", Approval.READ_ONLY);
    }

    /** After what was said before. */
    public AgentTask remembering(List<ChatMessage> messages) {
        return new AgentTask(agent, question, messages, plans, context, conversation, run, approval);
    }

    /** After what was computed before. */
    public AgentTask after(List<AnalysisPlan> computed) {
        return new AgentTask(agent, question, memory, computed, context, conversation, run, approval);
    }

    /** About these data sets and databases. */
    public AgentTask about(String... sources) {
        return within(AgentContext.of(List.of(sources)));
    }

    /** About this. */
    public AgentTask within(AgentContext value) {
        return new AgentTask(agent, question, memory, plans, value, conversation, run, approval);
    }

    /** In a conversation. */
    public AgentTask inConversation(String id) {
        return new AgentTask(agent, question, memory, plans, context, id, run, approval);
    }

    /** As a run that is kept under an id. */
    public AgentTask keptAs(String id) {
        return new AgentTask(agent, question, memory, plans, context, conversation, id, approval);
    }

    /** With this for tools that do more than read. */
    public AgentTask approvedBy(Approval value) {
        return new AgentTask(agent, question, memory, plans, context, conversation, run, value);
    }
}
