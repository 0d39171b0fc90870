package dev.datastudio.core.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.metadata.internal.EntryCollection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** What one user thinks of the answers in their conversations. They go with the conversation. Thread-safe. */
public final class Ratings {
    static final String KIND = "message-rating";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MetadataStore store;
    private final Conversations conversations;
    private final EntryCollection<Rated> ratings;

    private Ratings(MetadataStore store, Caller caller) {
        this.store = store;
        this.conversations = Conversations.of(store, caller);
        this.ratings = new EntryCollection<>(store, caller.tenant(), KIND, Ratings::read);
    }

    /** Whether an answer helped. */
    public enum Rating {
        GOOD,
        BAD
    }

    private record Rated(long number, Rating rating) {}

    /** The ratings that are kept in a store, which stays open, of a caller. */
    public static Ratings of(MetadataStore store, Caller caller) {
        return new Ratings(Objects.requireNonNull(store, "store"), Objects.requireNonNull(caller, "caller"));
    }

    /**
     * Rates an answer, in place of an earlier rating.
     *
     * @throws StudioException {@link ErrorCode#CONVERSATION_NOT_FOUND}, {@link ErrorCode#INVALID_ARGUMENT} when there is no
     *     answer of that number
     */
    public void rate(String conversation, long number, Rating rating) {
        requireAnswer(conversation, number);
        store.apply(EntryChange.put(
                ratings.key(ConversationCodec.key(conversation, number)),
                JSON.createObjectNode()
                        .put("number", number)
                        .put("rating", rating.name())
                        .toString(),
                Map.of(ConversationCodec.CONVERSATION, conversation)));
    }

    /** Takes a rating back. Does nothing when there is none; throws as {@link #rate}. */
    public void clear(String conversation, long number) {
        requireAnswer(conversation, number);
        String id = ConversationCodec.key(conversation, number);
        if (ratings.find(id).isPresent()) {
            store.apply(EntryChange.delete(ratings.key(id)));
        }
    }

    private void requireAnswer(String conversation, long number) {
        if (conversations.message(conversation, number).role() != Message.Role.ASSISTANT) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Message " + number + " is no answer",
                    "Give the number of an answer of the conversation");
        }
    }

    /** The rating of an answer. */
    public Optional<Rating> find(String conversation, long number) {
        return Optional.ofNullable(of(conversation).get(number));
    }

    /**
     * The ratings in a conversation, by the numbers of the answers.
     *
     * @throws StudioException {@link ErrorCode#CONVERSATION_NOT_FOUND}
     */
    public Map<Long, Rating> of(String conversation) {
        String id = conversations.get(conversation).id();
        return ratings.all(ratings.query().where(ConversationCodec.CONVERSATION, id)).stream()
                .collect(Collectors.toUnmodifiableMap(Rated::number, Rated::rating));
    }

    private static Rated read(Entry entry, JsonNode json) {
        return new Rated(
                json.path("number").asLong(), Rating.valueOf(json.path("rating").asText()));
    }
}
