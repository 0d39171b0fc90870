package dev.datastudio.core.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.core.conversation.Conversation.About;
import dev.datastudio.core.conversation.Conversation.Status;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Conversations, messages and summaries as entries. Those that were kept before there were branches have neither head nor
 * parents: each message follows the one before it.
 */
final class ConversationCodec {
    static final String USER = "user_id";
    static final String CONVERSATION = "conversation";
    static final String FOLLOWS = "follows";

    private static final ObjectMapper JSON = new ObjectMapper();

    private ConversationCodec() {}

    /** In the order of numbers also when they are compared as text. */
    static String key(String conversation, long number) {
        return String.format(Locale.ROOT, "%s/%012d", conversation, number);
    }

    /** What the messages that follow another one are found by. */
    static String follows(String conversation, long parent) {
        return conversation + "/" + parent;
    }

    static Map<String, String> attributes(Conversation conversation) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put(USER, conversation.user());
        attributes.put("status", conversation.status().name());
        attributes.put("source", conversation.about().source());
        attributes.put("issue", conversation.about().issue());
        attributes.put("project", conversation.about().project());
        attributes.values().removeIf(String::isEmpty);
        return attributes;
    }

    static String write(Conversation conversation) {
        return JSON.createObjectNode()
                .put("user", conversation.user())
                .put("agent", conversation.agent())
                .put("title", conversation.title())
                .put("source", conversation.about().source())
                .put("issue", conversation.about().issue())
                .put("project", conversation.about().project())
                .put("status", conversation.status().name())
                .put("messages", conversation.messages())
                .put("head", conversation.head())
                .toString();
    }

    static Conversation conversation(Entry entry, JsonNode json) {
        long messages = json.path("messages").asLong();
        return new Conversation(
                entry.key().id(),
                json.path("user").asText(),
                json.path("agent").asText(),
                json.path("title").asText(),
                new About(
                        json.path("source").asText(),
                        json.path("issue").asText(),
                        json.path("project").asText()),
                Status.valueOf(json.path("status").asText()),
                messages,
                json.path("head").asLong(messages),
                entry.revision(),
                entry.createdAt(),
                entry.changedAt());
    }

    static String write(long number, long parent, Message.Role role, String text, String detail) {
        return JSON.createObjectNode()
                .put("number", number)
                .put("parent", parent)
                .put("role", role.name())
                .put("text", text)
                .put("detail", detail)
                .toString();
    }

    static Message message(Entry entry, JsonNode json) {
        long number = json.path("number").asLong();
        return new Message(
                number,
                json.path("parent").asLong(number - 1),
                Message.Role.valueOf(json.path("role").asText()),
                json.path("text").asText(),
                json.path("detail").asText(),
                entry.createdAt());
    }

    static String write(long upTo, String text, String detail) {
        return JSON.createObjectNode()
                .put("upTo", upTo)
                .put("text", text)
                .put("detail", detail)
                .toString();
    }

    static Summary summary(Entry entry, JsonNode json) {
        return new Summary(
                json.path("upTo").asLong(),
                json.path("text").asText(),
                json.path("detail").asText(),
                entry.changedAt());
    }
}
