package dev.datastudio.core.conversation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.text.internal.OutsideText;
import java.util.List;
import java.util.Locale;

/** A conversation as a file to keep or to pass on. */
public final class ConversationExport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ConversationExport() {}

    /**
     * As Markdown, in which nothing is loaded or run whatever shows it: no pictures, no HTML, no links but to pages and
     * mail addresses.
     *
     * @param messages a branch of the conversation, the oldest first
     */
    public static String markdown(Conversation conversation, List<Message> messages) {
        StringBuilder text = new StringBuilder("# ").append(title(conversation)).append("\n");
        for (Message message : messages) {
            text.append("\n## ")
                    .append(message.role() == Message.Role.USER ? "Question" : "Answer")
                    .append(" (")
                    .append(message.at())
                    .append(")\n\n")
                    .append(OutsideText.safeMarkdown(closed(message.text().strip())))
                    .append('\n');
        }
        return text.toString();
    }

    private static String title(Conversation conversation) {
        return OutsideText.safeMarkdown(OutsideText.line(conversation.title(), 200));
    }

    /** A fence of code that a message leaves open would swallow those after it. */
    private static String closed(String text) {
        String fence = "";
        for (String line : text.split("\n", -1)) {
            String bare = line.strip();
            String marks = bare.replaceFirst("^(`{3,}|~{3,}).*", "$1");
            boolean isFence = marks.startsWith("```") || marks.startsWith("~~~");
            if (fence.isEmpty() && isFence && line.startsWith(marks)) {
                fence = marks;
            } else if (!fence.isEmpty() && bare.startsWith(fence) && bare.equals(marks)) {
                fence = "";
            }
        }
        return fence.isEmpty() ? text : text + "\n" + fence;
    }

    /**
     * As JSON: {@code {"id","title","agent","status","createdAt","messages":[{"number","parent","role","text","detail","at"}]}}.
     *
     * @param messages any messages of the conversation
     * @throws StudioException {@link ErrorCode#WORKSPACE_DAMAGED} when a message can't be read
     */
    public static String json(Conversation conversation, List<Message> messages) {
        ObjectNode root = JSON.createObjectNode()
                .put("id", conversation.id())
                .put("title", conversation.title())
                .put("agent", conversation.agent())
                .put("status", conversation.status().name().toLowerCase(Locale.ROOT))
                .put("createdAt", conversation.createdAt().toString());
        ArrayNode all = root.putArray("messages");
        for (Message message : messages) {
            ObjectNode each = all.addObject()
                    .put("number", message.number())
                    .put("parent", message.parent())
                    .put("role", message.role().name().toLowerCase(Locale.ROOT))
                    .put("text", message.text());
            try {
                each.set("detail", JSON.readTree(message.detail().isBlank() ? "{}" : message.detail()));
            } catch (JsonProcessingException e) {
                throw new StudioException(
                        ErrorCode.WORKSPACE_DAMAGED,
                        "Message " + message.number() + " can't be read from the workspace",
                        "Begin another conversation, or restore a backup",
                        e);
            }
            each.put("at", message.at().toString());
        }
        return root.toPrettyString();
    }
}
