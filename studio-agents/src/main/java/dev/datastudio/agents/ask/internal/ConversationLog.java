package dev.datastudio.agents.ask.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.agents.ask.Answer;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.analysis.PlanJson;
import dev.datastudio.core.conversation.Conversations;
import dev.datastudio.core.conversation.Message;
import java.util.ArrayList;
import java.util.List;

/** Keeps questions and answers as messages, with the plans that a later text may change. */
public final class ConversationLog {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** How far back the last answer is looked for; between two answers are a question and its reply. */
    private static final int LOOKED_AT = 50;

    /** Where plans stand in the detail of a message. */
    public static final String PLANS = "plans";

    private final Conversations conversations;

    public ConversationLog(Conversations conversations) {
        this.conversations = conversations;
    }

    /** The plans so far, the oldest first; empty when nothing was answered yet. */
    public List<AnalysisPlan> context(String conversation) {
        long count = conversations.get(conversation).messages();
        return plans(conversations.messages(conversation, Math.max(1, count - LOOKED_AT + 1), LOOKED_AT));
    }

    /** The plans up to the last of some messages, the oldest first; empty when nothing was answered there. */
    public static List<AnalysisPlan> plans(List<Message> latest) {
        for (int i = latest.size() - 1; i >= 0; i--) {
            JsonNode plans = detail(latest.get(i)).path(PLANS);
            if (latest.get(i).role() == Message.Role.ASSISTANT && plans.isArray()) {
                return read(plans);
            }
        }
        return List.of();
    }

    private static JsonNode detail(Message message) {
        try {
            return JSON.readTree(message.detail());
        } catch (JsonProcessingException e) {
            throw new StudioException(
                    ErrorCode.WORKSPACE_DAMAGED,
                    "Message " + message.number() + " can't be read from the workspace",
                    "Begin another conversation, or restore a backup",
                    e);
        }
    }

    private static List<AnalysisPlan> read(JsonNode plans) {
        List<AnalysisPlan> read = new ArrayList<>();
        plans.forEach(plan -> read.add(PlanJson.read(plan.toString())));
        return read;
    }

    /** Adds a question and what it was answered with. */
    public void add(String conversation, String question, Answer answer) {
        conversations.add(conversation, Message.Role.USER, question, "{}");
        conversations.add(conversation, Message.Role.ASSISTANT, answer.message(), detail(answer));
    }

    private static String detail(Answer answer) {
        ObjectNode detail = JSON.createObjectNode()
                .put("answer", answer.id())
                .put("status", answer.status().jsonName())
                .put("reading", answer.reading());
        ArrayNode changes = detail.putArray("changes");
        answer.changes().forEach(changes::add);
        detail.set(PLANS, write(answer.plans()));
        return detail.toString();
    }

    /** Plans as they are kept in the detail of a message. */
    public static ArrayNode write(List<AnalysisPlan> plans) {
        ArrayNode written = JSON.createArrayNode();
        for (AnalysisPlan plan : plans) {
            try {
                written.add(JSON.readTree(PlanJson.write(plan)));
            } catch (JsonProcessingException e) {
                throw new AssertionError("plans are written as JSON", e);
            }
        }
        return written;
    }
}
