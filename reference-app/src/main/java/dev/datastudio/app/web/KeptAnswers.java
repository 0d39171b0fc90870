package dev.datastudio.app.web;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.metadata.EntryPage;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.tenant.Caller;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** What requests with an {@code Idempotency-Key} were answered, by person and key. Thread-safe, also between processes. */
public final class KeptAnswers {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String KIND = "idempotency";
    private static final String STATE = "state";
    private static final String REQUEST = "request";
    private static final String RUNNING = "running";
    private static final String BEGUN = "begun";
    private static final String DONE = "done";
    private static final Duration KEPT = Duration.ofDays(1);

    private final MetadataStore store;
    private final InstantSource clock;

    KeptAnswers(MetadataStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** What a request was answered; texts are empty where there was nothing. */
    record Answer(int status, String type, String location, String etag, String body) {}

    /**
     * The kept answer to a request that was made before; nothing when this one is the first, which then must be settled
     * by {@link #keep}, {@link #begun} or {@link #forget}.
     *
     * @throws StudioException with {@link ErrorCode#ENTRY_CONFLICT} when the first one is not answered yet or its answer
     *     was not kept; {@link ErrorCode#INVALID_ARGUMENT} when the key was sent with another request
     */
    Optional<Answer> claim(Caller caller, String key, String fingerprint) {
        EntryKey name = name(caller, key);
        Instant oldest = clock.instant().minus(KEPT);
        store.deleteAll(EntryQuery.of(caller.tenant(), KIND), oldest);
        try {
            store.apply(EntryChange.insert(name, "{}", Map.of(STATE, RUNNING, REQUEST, fingerprint)));
            return Optional.empty();
        } catch (StudioException e) {
            if (e.code() != ErrorCode.ENTRY_CONFLICT) {
                throw e;
            }
            return Optional.of(earlier(name, key, fingerprint));
        }
    }

    private Answer earlier(EntryKey name, String key, String fingerprint) {
        Entry entry = store.find(name).orElseThrow(() -> unfinished(key));
        if (!fingerprint.equals(entry.attributes().get(REQUEST))) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Another request was sent with the Idempotency-Key " + StudioException.quote(key),
                    "Send a new key with each new request");
        }
        if (!DONE.equals(entry.attributes().get(STATE))) {
            throw unfinished(key);
        }
        return JSON.readValue(entry.body(), Answer.class);
    }

    private static StudioException unfinished(String key) {
        return new StudioException(
                ErrorCode.ENTRY_CONFLICT,
                "The request with the Idempotency-Key " + StudioException.quote(key)
                        + " was begun before, and there is no answer of it to send again",
                "Look at what it made instead of sending it again");
    }

    void keep(Caller caller, String key, Answer answer) {
        change(caller, key, DONE, JSON.writeValueAsString(answer));
    }

    /** The request was begun, but what it was answered is not kept. */
    void begun(Caller caller, String key) {
        change(caller, key, BEGUN, "{}");
    }

    void forget(Caller caller, String key) {
        store.apply(EntryChange.delete(name(caller, key)));
    }

    private void change(Caller caller, String key, String state, String body) {
        EntryKey name = name(caller, key);
        String request = store.find(name)
                .map(entry -> entry.attributes().getOrDefault(REQUEST, ""))
                .orElse("");
        store.apply(EntryChange.put(name, body, Map.of(STATE, state, REQUEST, request)));
    }

    /**
     * Forgets all answers to somebody, as when they go.
     *
     * @return how many there were
     */
    public static long forgetAll(MetadataStore store, Caller caller) {
        String prefix = caller.user() + ":";
        long forgotten = 0;
        EntryQuery query = EntryQuery.of(caller.tenant(), KIND).orderedBy(EntryQuery.Order.OLDEST_FIRST);
        for (EntryPage page = store.list(query); ; page = store.list(query.after(page.next()))) {
            for (Entry entry : page.entries()) {
                if (entry.key().id().startsWith(prefix)) {
                    store.apply(EntryChange.delete(entry.key()));
                    forgotten++;
                }
            }
            if (!page.hasMore()) {
                return forgotten;
            }
        }
    }

    private static EntryKey name(Caller caller, String key) {
        return new EntryKey(caller.tenant(), KIND, caller.user() + ":" + key);
    }
}
