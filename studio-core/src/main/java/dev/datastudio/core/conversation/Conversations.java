package dev.datastudio.core.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.conversation.Conversation.About;
import dev.datastudio.core.conversation.Conversation.Status;
import dev.datastudio.core.metadata.internal.EntryCollection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * The conversations of one user. Those of other users and tenants are not there. A message and its conversation are
 * written together; messages that come at the same time get different numbers. Thread-safe, also between processes.
 */
public final class Conversations {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String USER = "user_id";
    private static final int MAX_TITLE = 200;
    private static final int MAX_TEXT = 1_000_000;

    private final MetadataStore store;
    private final Caller caller;
    private final EntryCollection<Conversation> conversations;
    private final EntryCollection<Message> messages;

    private Conversations(MetadataStore store, Caller caller) {
        this.store = store;
        this.caller = caller;
        this.conversations = new EntryCollection<>(store, caller.tenant(), "conversation", Conversations::read);
        this.messages = new EntryCollection<>(store, caller.tenant(), "message", Conversations::message);
    }

    /** The conversations that are kept in a store, which stays open, of a caller. */
    public static Conversations of(MetadataStore store, Caller caller) {
        return new Conversations(Objects.requireNonNull(store, "store"), Objects.requireNonNull(caller, "caller"));
    }

    /** Begins a conversation. */
    public Conversation begin(String agent, String title, About about) {
        Conversation conversation = new Conversation(
                UUID.randomUUID().toString(),
                caller.user(),
                agent,
                title(title),
                about,
                Status.ACTIVE,
                0,
                0,
                Instant.EPOCH,
                Instant.EPOCH);
        return conversations.read(only(EntryChange.insert(
                conversations.key(conversation.id()), write(conversation), attributes(conversation))));
    }

    private Entry only(EntryChange change) {
        return store.apply(change).orElseThrow(() -> new IllegalStateException("What was put is given back"));
    }

    /** The conversations of a status, the one with the latest message first. */
    public List<Conversation> list(Status status) {
        return conversations.all(own().where("status", status.name()));
    }

    private EntryQuery own() {
        return conversations.query().where(USER, caller.user()).orderedBy(EntryQuery.Order.CHANGED_LAST_FIRST);
    }

    /**
     * The conversations about a source, an issue or a project, each with those of the id that is not empty.
     */
    public ContextConversations about(About about) {
        List<Conversation> source = about("source", about.source());
        List<Conversation> issue = about("issue", about.issue());
        List<Conversation> project = about("project", about.project());
        Set<String> ids = new LinkedHashSet<>();
        for (List<Conversation> some : List.of(source, issue, project)) {
            some.forEach(conversation -> ids.add(conversation.id()));
        }
        return new ContextConversations(source, issue, project, ids.size());
    }

    private List<Conversation> about(String attribute, String id) {
        return id.isEmpty() ? List.of() : conversations.all(own().where(attribute, id));
    }

    /**
     * The conversation of an id.
     *
     * @throws StudioException with {@link ErrorCode#CONVERSATION_NOT_FOUND} when this user has none of that id
     */
    public Conversation get(String id) {
        return conversations
                .find(id)
                .filter(conversation -> conversation.user().equals(caller.user()))
                .orElseThrow(() -> new StudioException(
                        ErrorCode.CONVERSATION_NOT_FOUND,
                        "There is no conversation " + StudioException.quote(id),
                        "List the conversations to see their ids"));
    }

    /**
     * Adds a message at the end.
     *
     * @param detail JSON text
     * @throws StudioException with {@link ErrorCode#CONVERSATION_NOT_FOUND}, {@link ErrorCode#INVALID_ARGUMENT} when
     *     the conversation is archived or the text is too long
     */
    public Message add(String id, Message.Role role, String text, String detail) {
        if (text.length() > MAX_TEXT) {
            throw invalid("The message has " + text.length() + " characters", "Send at most " + MAX_TEXT);
        }
        while (true) {
            Conversation conversation = get(id);
            if (conversation.status() == Status.ARCHIVED) {
                throw invalid(
                        "The conversation " + StudioException.quote(conversation.title()) + " is archived",
                        "Resume it first");
            }
            long number = conversation.messages() + 1;
            try {
                return messages.read(store.apply(List.of(
                                EntryChange.insert(
                                        messages.key(key(id, number)),
                                        write(number, role, text, detail),
                                        Map.of("conversation", id)),
                                update(with(conversation, conversation.title(), conversation.status(), number))))
                        .get(0));
            } catch (StudioException e) {
                if (e.code() != ErrorCode.ENTRY_CONFLICT) {
                    throw e;
                }
            }
        }
    }

    /** In the order of numbers also when they are compared as text. */
    private static String key(String conversation, long number) {
        return String.format(Locale.ROOT, "%s/%012d", conversation, number);
    }

    /**
     * Messages of a conversation in order.
     *
     * @param from the number of the first one
     * @param limit how many at most, 1 to 1,000
     */
    public List<Message> messages(String id, long from, int limit) {
        Conversation conversation = get(id);
        List<Message> some = new ArrayList<>();
        long end = Math.min(conversation.messages(), from + limit - 1);
        for (long number = Math.max(1, from); number <= end; number++) {
            messages.find(key(id, number)).ifPresent(some::add);
        }
        return some;
    }

    /** Gives a conversation another title. */
    public Conversation rename(String id, String title) {
        return change(
                id, conversation -> with(conversation, title(title), conversation.status(), conversation.messages()));
    }

    /** Puts a conversation away; nothing is added to it until it is resumed. */
    public Conversation archive(String id) {
        return change(
                id, conversation -> with(conversation, conversation.title(), Status.ARCHIVED, conversation.messages()));
    }

    /** Goes on with an archived conversation. */
    public Conversation resume(String id) {
        return change(
                id, conversation -> with(conversation, conversation.title(), Status.ACTIVE, conversation.messages()));
    }

    private Conversation change(String id, java.util.function.UnaryOperator<Conversation> edit) {
        while (true) {
            try {
                return conversations.read(only(update(edit.apply(get(id)))));
            } catch (StudioException e) {
                if (e.code() != ErrorCode.ENTRY_CONFLICT) {
                    throw e;
                }
            }
        }
    }

    private EntryChange update(Conversation conversation) {
        return EntryChange.update(
                conversations.key(conversation.id()),
                conversation.revision(),
                write(conversation),
                attributes(conversation));
    }

    /** Deletes a conversation with all its messages. */
    public void delete(String id) {
        Conversation conversation = get(id);
        store.apply(EntryChange.delete(conversations.key(conversation.id())));
        store.deleteAll(messages.query().where("conversation", conversation.id()), Instant.MAX);
    }

    private static Conversation with(Conversation conversation, String title, Status status, long messages) {
        return new Conversation(
                conversation.id(),
                conversation.user(),
                conversation.agent(),
                title,
                conversation.about(),
                status,
                messages,
                conversation.revision(),
                conversation.createdAt(),
                conversation.changedAt());
    }

    private static Map<String, String> attributes(Conversation conversation) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put(USER, conversation.user());
        attributes.put("status", conversation.status().name());
        attributes.put("source", conversation.about().source());
        attributes.put("issue", conversation.about().issue());
        attributes.put("project", conversation.about().project());
        attributes.values().removeIf(String::isEmpty);
        return attributes;
    }

    private static String write(Conversation conversation) {
        return JSON.createObjectNode()
                .put("user", conversation.user())
                .put("agent", conversation.agent())
                .put("title", conversation.title())
                .put("source", conversation.about().source())
                .put("issue", conversation.about().issue())
                .put("project", conversation.about().project())
                .put("status", conversation.status().name())
                .put("messages", conversation.messages())
                .toString();
    }

    private static Conversation read(Entry entry, JsonNode json) {
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
                json.path("messages").asLong(),
                entry.revision(),
                entry.createdAt(),
                entry.changedAt());
    }

    private static String write(long number, Message.Role role, String text, String detail) {
        return JSON.createObjectNode()
                .put("number", number)
                .put("role", role.name())
                .put("text", text)
                .put("detail", detail)
                .toString();
    }

    private static Message message(Entry entry, JsonNode json) {
        return new Message(
                json.path("number").asLong(),
                Message.Role.valueOf(json.path("role").asText()),
                json.path("text").asText(),
                json.path("detail").asText(),
                entry.createdAt());
    }

    private static String title(String title) {
        if (title.isBlank() || title.length() > MAX_TITLE) {
            throw invalid("The title has " + title.length() + " characters", "Give 1 to " + MAX_TITLE);
        }
        return title.strip();
    }

    private static StudioException invalid(String what, String mend) {
        return new StudioException(ErrorCode.INVALID_ARGUMENT, what, mend);
    }
}
