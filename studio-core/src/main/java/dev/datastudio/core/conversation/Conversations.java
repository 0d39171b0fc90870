package dev.datastudio.core.conversation;

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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The conversations of one user. Those of other users and tenants are not there. A message and its conversation are
 * written together; messages that come at the same time get different numbers.
 *
 * <p>The messages of a conversation are a tree: each follows another one, and one branch, from the beginning to
 * {@link Conversation#head()}, is the active one. Adding after an earlier message makes another branch and leaves the
 * old one as it is. Thread-safe, also between processes.
 */
public final class Conversations {
    private static final int MAX_TITLE = 200;
    private static final int MAX_TEXT = 1_000_000;
    private static final int MAX_SUMMARY = 100_000;

    private final MetadataStore store;
    private final Caller caller;
    private final EntryCollection<Conversation> conversations;
    private final EntryCollection<Message> messages;
    private final EntryCollection<Summary> summaries;
    private final Consumer<Conversation> going;

    private Conversations(MetadataStore store, Caller caller, Consumer<Conversation> going) {
        this.store = store;
        this.caller = caller;
        this.going = going;
        String tenant = caller.tenant();
        this.conversations = new EntryCollection<>(store, tenant, "conversation", ConversationCodec::conversation);
        this.messages = new EntryCollection<>(store, tenant, "message", ConversationCodec::message);
        this.summaries = new EntryCollection<>(store, tenant, "conversation-summary", ConversationCodec::summary);
    }

    /** The conversations that are kept in a store, which stays open, of a caller. */
    public static Conversations of(MetadataStore store, Caller caller) {
        return new Conversations(
                Objects.requireNonNull(store, "store"), Objects.requireNonNull(caller, "caller"), conversation -> {});
    }

    /**
     * These conversations, where somebody is told of each that is about to be deleted, with its messages still there; what
     * that throws is thrown to the deleter, and the conversation stays. Those of a studio tell what its modules made of them.
     */
    public Conversations telling(Consumer<Conversation> listener) {
        return new Conversations(store, caller, going.andThen(Objects.requireNonNull(listener, "listener")));
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
                0,
                Instant.EPOCH,
                Instant.EPOCH);
        return conversations.read(only(EntryChange.insert(
                conversations.key(conversation.id()),
                ConversationCodec.write(conversation),
                ConversationCodec.attributes(conversation))));
    }

    private Entry only(EntryChange change) {
        return store.apply(change).orElseThrow(() -> new IllegalStateException("What was put is given back"));
    }

    /** The conversations of a status, the one with the latest message first. */
    public List<Conversation> list(Status status) {
        return conversations.all(own().where("status", status.name()));
    }

    /** As {@link #list(Status)}, those that were begun with an agent. */
    public List<Conversation> list(Status status, String agent) {
        return list(status).stream().filter(each -> each.agent().equals(agent)).toList();
    }

    private EntryQuery own() {
        return conversations
                .query()
                .where(ConversationCodec.USER, caller.user())
                .orderedBy(EntryQuery.Order.CHANGED_LAST_FIRST);
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
     * The conversations, archived ones too, of which a message names one of these in its detail, the one with the latest
     * message first. Reads every message of the user.
     *
     * @param ids ids that occur in nothing else, such as UUIDs
     */
    public List<Conversation> naming(Set<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return conversations.all(own()).stream()
                .filter(each -> messages.all(messages.query().where(ConversationCodec.CONVERSATION, each.id())).stream()
                        .anyMatch(message -> ids.stream().anyMatch(message.detail()::contains)))
                .toList();
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
     * Adds a message at the end of the active branch.
     *
     * @param detail JSON text
     * @throws StudioException with {@link ErrorCode#CONVERSATION_NOT_FOUND}, {@link ErrorCode#INVALID_ARGUMENT} when
     *     the conversation is archived or the text is too long
     */
    public Message add(String id, Message.Role role, String text, String detail) {
        return add(id, Optional.empty(), role, text, detail);
    }

    /**
     * Adds a message after an earlier one; the branch that ends with it is the active one from now on.
     *
     * @param parent the number of the message that it follows; 0 to begin the conversation anew
     * @param detail JSON text
     * @throws StudioException as {@link #add}, and with {@link ErrorCode#INVALID_ARGUMENT} when there is no such parent
     */
    public Message addAfter(String id, long parent, Message.Role role, String text, String detail) {
        return add(id, Optional.of(parent), role, text, detail);
    }

    private Message add(String id, Optional<Long> after, Message.Role role, String text, String detail) {
        if (text.length() > MAX_TEXT) {
            throw invalid("The message has " + text.length() + " characters", "Send at most " + MAX_TEXT);
        }
        while (true) {
            Conversation conversation = get(id);
            requireActive(conversation);
            long parent = after.orElse(conversation.head());
            requireMessage(conversation, parent, 0);
            long number = conversation.messages() + 1;
            try {
                return messages.read(store.apply(List.of(
                                EntryChange.insert(
                                        messages.key(ConversationCodec.key(id, number)),
                                        ConversationCodec.write(number, parent, role, text, detail),
                                        Map.of(
                                                ConversationCodec.CONVERSATION,
                                                id,
                                                ConversationCodec.FOLLOWS,
                                                ConversationCodec.follows(id, parent))),
                                update(conversation.with(number, number))))
                        .get(0));
            } catch (StudioException e) {
                requireConflict(e);
            }
        }
    }

    private static void requireActive(Conversation conversation) {
        if (conversation.status() == Status.ARCHIVED) {
            throw invalid(
                    "The conversation " + StudioException.quote(conversation.title()) + " is archived",
                    "Resume it first");
        }
    }

    private static void requireMessage(Conversation conversation, long number, long least) {
        if (number < least || number > conversation.messages()) {
            throw invalid(
                    "The conversation " + StudioException.quote(conversation.title()) + " has no message " + number,
                    "Use one of its " + conversation.messages() + " messages");
        }
    }

    /**
     * Messages of all branches, in the order in which they were added.
     *
     * @param from the number of the first one
     * @param limit how many at most, 1 to 1,000
     */
    public List<Message> messages(String id, long from, int limit) {
        Conversation conversation = get(id);
        List<Message> some = new ArrayList<>();
        long end = Math.min(conversation.messages(), from + limit - 1);
        for (long number = Math.max(1, from); number <= end; number++) {
            find(id, number).ifPresent(some::add);
        }
        return some;
    }

    private Optional<Message> find(String id, long number) {
        return messages.find(ConversationCodec.key(id, number));
    }

    /**
     * A message.
     *
     * @throws StudioException with {@link ErrorCode#CONVERSATION_NOT_FOUND}, {@link ErrorCode#INVALID_ARGUMENT} when
     *     there is no message of that number
     */
    public Message message(String id, long number) {
        return message(get(id), number);
    }

    private Message message(Conversation conversation, long number) {
        requireMessage(conversation, number, 1);
        return find(conversation.id(), number)
                .orElseThrow(() -> new StudioException(
                        ErrorCode.WORKSPACE_DAMAGED,
                        "Message " + number + " of the conversation " + StudioException.quote(conversation.title())
                                + " is not there any more",
                        "Begin another conversation, or restore a backup"));
    }

    /**
     * The latest messages of the active branch, the oldest first.
     *
     * @param limit how many at most, 1 to 1,000
     */
    public List<Message> branch(String id, int limit) {
        return branch(id, get(id).head(), limit);
    }

    /**
     * The latest messages of the branch that ends with a message, the oldest first.
     *
     * @param last the number of that message; 0 for an empty branch
     * @param limit how many at most, 1 to 1,000
     * @throws StudioException as {@link #message}
     */
    public List<Message> branch(String id, long last, int limit) {
        Conversation conversation = get(id);
        requireMessage(conversation, last, 0);
        List<Message> backwards = new ArrayList<>();
        long number = last;
        while (number > 0 && backwards.size() < limit) {
            Message message = message(conversation, number);
            backwards.add(0, message);
            number = message.parent();
        }
        return backwards;
    }

    /**
     * The messages that follow the same message as this one, itself among them: where branches part, oldest first.
     *
     * @throws StudioException as {@link #message}
     */
    public List<Message> siblings(String id, long number) {
        return following(id, message(get(id), number).parent());
    }

    private List<Message> following(String id, long parent) {
        List<Message> following = new ArrayList<>(messages.all(messages.query()
                .where(ConversationCodec.FOLLOWS, ConversationCodec.follows(id, parent))
                .orderedBy(EntryQuery.Order.BY_ID)));
        find(id, parent + 1)
                .filter(next -> next.parent() == parent)
                .filter(next -> following.stream().noneMatch(each -> each.number() == next.number()))
                .ifPresent(next -> following.add(0, next));
        return following;
    }

    /**
     * Makes the branch of a message the active one, to the latest message that follows it.
     *
     * @throws StudioException as {@link #message}, and when the conversation is archived
     */
    public Conversation choose(String id, long number) {
        Conversation conversation = get(id);
        requireActive(conversation);
        long last = message(conversation, number).number();
        for (List<Message> next = following(id, last); !next.isEmpty(); next = following(id, last)) {
            last = next.get(next.size() - 1).number();
        }
        long head = last;
        return change(id, current -> current.with(current.messages(), head));
    }

    /**
     * Keeps what was said up to a message in short, in place of an earlier summary up to it.
     *
     * @param detail JSON text
     * @throws StudioException as {@link #message}, and when the text is too long
     */
    public Summary summarize(String id, long upTo, String text, String detail) {
        requireMessage(get(id), upTo, 1);
        if (text.length() > MAX_SUMMARY) {
            throw invalid("The summary has " + text.length() + " characters", "Keep at most " + MAX_SUMMARY);
        }
        return summaries.read(only(EntryChange.put(
                summaries.key(ConversationCodec.key(id, upTo)),
                ConversationCodec.write(upTo, text, detail),
                Map.of(ConversationCodec.CONVERSATION, id))));
    }

    /** The summary of the longest beginning of the branch that ends with a message. */
    public Optional<Summary> summary(String id, long last) {
        Conversation conversation = get(id);
        Map<Long, Summary> kept = summaries.all(summaries.query().where(ConversationCodec.CONVERSATION, id)).stream()
                .collect(Collectors.toMap(Summary::upTo, each -> each));
        long left = kept.size();
        for (long number = last; number > 0 && left > 0; ) {
            if (kept.containsKey(number)) {
                return Optional.of(kept.get(number));
            }
            number = message(conversation, number).parent();
        }
        return Optional.empty();
    }

    /** Gives a conversation another title. */
    public Conversation rename(String id, String title) {
        return change(id, conversation -> conversation.with(title(title), conversation.status()));
    }

    /** Says what a conversation is about from now on. */
    public Conversation relate(String id, About about) {
        return change(id, conversation -> conversation.with(about));
    }

    /** Puts a conversation away; nothing is added to it until it is resumed. */
    public Conversation archive(String id) {
        return change(id, conversation -> conversation.with(conversation.title(), Status.ARCHIVED));
    }

    /** Goes on with an archived conversation. */
    public Conversation resume(String id) {
        return change(id, conversation -> conversation.with(conversation.title(), Status.ACTIVE));
    }

    private Conversation change(String id, UnaryOperator<Conversation> edit) {
        while (true) {
            try {
                return conversations.read(only(update(edit.apply(get(id)))));
            } catch (StudioException e) {
                requireConflict(e);
            }
        }
    }

    private static void requireConflict(StudioException e) {
        if (e.code() != ErrorCode.ENTRY_CONFLICT) {
            throw e;
        }
    }

    private EntryChange update(Conversation conversation) {
        return EntryChange.update(
                conversations.key(conversation.id()),
                conversation.revision(),
                ConversationCodec.write(conversation),
                ConversationCodec.attributes(conversation));
    }

    /** Deletes a conversation with all its messages and summaries. */
    public void delete(String id) {
        Conversation conversation = get(id);
        going.accept(conversation);
        store.apply(EntryChange.delete(conversations.key(conversation.id())));
        for (String kind : List.of("message", "conversation-summary", Turns.KIND, Ratings.KIND)) {
            store.deleteAll(
                    EntryQuery.of(caller.tenant(), kind).where(ConversationCodec.CONVERSATION, conversation.id()),
                    Instant.MAX);
        }
    }

    /**
     * Deletes all conversations of the caller, archived ones too, as when a user goes.
     *
     * @return how many there were
     */
    public int deleteAll() {
        List<Conversation> all = conversations.all(own());
        all.forEach(conversation -> delete(conversation.id()));
        return all.size();
    }

    /**
     * Deletes the conversations of everybody in the caller's tenant, archived ones too, that nothing happened to since a
     * time.
     *
     * @return how many there were
     */
    public int deleteOlder(Instant before) {
        List<Conversation> old = conversations.all(conversations.query()).stream()
                .filter(each -> each.changedAt().isBefore(before))
                .toList();
        int deleted = 0;
        for (Conversation each : old) {
            Conversations own = new Conversations(store, new Caller(caller.tenant(), each.user()), going);
            // Somebody may have gone on with it, or deleted it, in the mean time.
            if (own.conversations
                    .find(each.id())
                    .filter(now -> now.changedAt().isBefore(before))
                    .isPresent()) {
                own.delete(each.id());
                deleted++;
            }
        }
        return deleted;
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
