package dev.datastudio.core.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.conversation.Turn.Request;
import dev.datastudio.core.metadata.internal.EntryCollection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Who answers in which conversation of one user: in each, one at a time, among all threads and processes. A turn that is
 * not renewed in time, as after a crash, is free again. Thread-safe.
 */
public final class Turns {
    static final String KIND = "conversation-turn";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MetadataStore store;
    private final Conversations conversations;
    private final InstantSource clock;
    private final EntryCollection<Turn> turns;

    private Turns(MetadataStore store, Caller caller, InstantSource clock) {
        this.store = store;
        this.conversations = Conversations.of(store, caller);
        this.clock = clock;
        this.turns = new EntryCollection<>(store, caller.tenant(), KIND, Turns::read);
    }

    /** The turns that are kept in a store, which stays open, of a caller. */
    public static Turns of(MetadataStore store, Caller caller, InstantSource clock) {
        return new Turns(
                Objects.requireNonNull(store, "store"),
                Objects.requireNonNull(caller, "caller"),
                Objects.requireNonNull(clock, "clock"));
    }

    /**
     * Takes the turn in a conversation.
     *
     * @param owner whose it shall be; not blank
     * @param lease for how long, unless it is renewed; more than 0
     * @throws StudioException {@link ErrorCode#CONVERSATION_BUSY} when another owner has it,
     *     {@link ErrorCode#CONVERSATION_NOT_FOUND}
     */
    public Turn begin(String conversation, String owner, Duration lease) {
        requireOwn(conversation);
        Optional<Turn> held = turns.find(conversation);
        if (held.isPresent() && held.get().until().isAfter(clock.instant())) {
            throw busy(conversation);
        }
        return write(conversation, held.map(Turn::revision).orElse(EntryChange.ABSENT), owner, lease, Request.NOTHING);
    }

    /**
     * Keeps a turn for longer. What its owner was asked for stays.
     *
     * @param lease for how long from now
     * @throws StudioException {@link ErrorCode#CONVERSATION_BUSY} when it ended in time and another owner took it
     */
    public Turn renew(Turn turn, Duration lease) {
        while (true) {
            Turn held = turns.find(turn.conversation())
                    .filter(each -> each.owner().equals(turn.owner()))
                    .orElseThrow(() -> busy(turn.conversation()));
            try {
                return put(turn.conversation(), held.revision(), turn.owner(), lease, held.request());
            } catch (StudioException e) {
                requireConflict(e);
            }
        }
    }

    /** Gives a turn back. Does nothing when it is another's by now. */
    public void end(Turn turn) {
        while (true) {
            Optional<Turn> held =
                    turns.find(turn.conversation()).filter(each -> each.owner().equals(turn.owner()));
            if (held.isEmpty()) {
                return;
            }
            try {
                store.apply(EntryChange.delete(
                        turns.key(turn.conversation()), held.get().revision()));
                return;
            } catch (StudioException e) {
                requireConflict(e);
            }
        }
    }

    /**
     * The turn that is held in a conversation.
     *
     * @throws StudioException {@link ErrorCode#CONVERSATION_NOT_FOUND}
     */
    public Optional<Turn> held(String conversation) {
        requireOwn(conversation);
        return turns.find(conversation).filter(turn -> turn.until().isAfter(clock.instant()));
    }

    /**
     * Asks whoever has the turn in a conversation to stop; they see it at their next renewal.
     *
     * @return whether anybody has it
     * @throws StudioException {@link ErrorCode#CONVERSATION_NOT_FOUND}
     */
    public boolean askToStop(String conversation) {
        while (true) {
            Optional<Turn> held = held(conversation);
            if (held.isEmpty()) {
                return false;
            }
            Turn turn = held.get();
            try {
                store.apply(EntryChange.update(
                        turns.key(conversation),
                        turn.revision(),
                        body(turn.owner(), turn.until(), Request.STOP),
                        attributes(conversation)));
                return true;
            } catch (StudioException e) {
                requireConflict(e);
            }
        }
    }

    private void requireOwn(String conversation) {
        conversations.get(conversation);
    }

    private Turn write(String conversation, long revision, String owner, Duration lease, Request request) {
        try {
            return put(conversation, revision, owner, lease, request);
        } catch (StudioException e) {
            requireConflict(e);
            throw busy(conversation);
        }
    }

    private Turn put(String conversation, long revision, String owner, Duration lease, Request request) {
        Instant until = clock.instant().plus(lease);
        EntryChange change = revision == EntryChange.ABSENT
                ? EntryChange.insert(turns.key(conversation), body(owner, until, request), attributes(conversation))
                : EntryChange.update(
                        turns.key(conversation), revision, body(owner, until, request), attributes(conversation));
        return turns.read(
                store.apply(change).orElseThrow(() -> new IllegalStateException("What was put is given back")));
    }

    private static Map<String, String> attributes(String conversation) {
        return Map.of("conversation", conversation);
    }

    private static String body(String owner, Instant until, Request request) {
        return JSON.createObjectNode()
                .put("owner", owner)
                .put("until", until.toString())
                .put("request", request.name())
                .toString();
    }

    private static Turn read(Entry entry, JsonNode json) {
        return new Turn(
                entry.key().id(),
                json.path("owner").asText(),
                Instant.parse(json.path("until").asText()),
                Request.valueOf(json.path("request").asText()),
                entry.revision());
    }

    private static void requireConflict(StudioException e) {
        if (e.code() != ErrorCode.ENTRY_CONFLICT) {
            throw e;
        }
    }

    private static StudioException busy(String conversation) {
        return new StudioException(
                ErrorCode.CONVERSATION_BUSY,
                "The conversation " + StudioException.quote(conversation) + " is being answered in already",
                "Wait for that answer, or stop it");
    }
}
