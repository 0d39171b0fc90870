package dev.datastudio.app.identity.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.identity.account.OneTimeSecrets.Purpose;
import dev.datastudio.app.identity.account.Records.Kept;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Tokens with which programs act for a person, with some of the person's scopes. They begin with {@link #PREFIX}, so
 * that one that was published by mistake is found. Only their hashes are kept. Thread-safe.
 */
public final class PersonalTokens {
    /** What every token begins with. */
    public static final String PREFIX = "std_";

    /** The longest time that a token is good. */
    public static final int MAX_DAYS = 366;

    /** How many tokens a person may have. */
    public static final int MAX_TOKENS = 50;

    private static final String USER = "user";
    private static final Duration NOTED_AT_MOST_EVERY = Duration.ofMinutes(1);
    private static final int LENGTH = PREFIX.length() + 43;
    private static final int MAX_KNOWN = 10_000;

    private final MetadataStore store;
    private final InstantSource clock;
    private final OneTimeSecrets secrets;
    private final Cache<String, Optional<Presented>> known = Caffeine.newBuilder()
            .expireAfterWrite(Accounts.SEEN_WITHIN)
            .maximumSize(MAX_KNOWN)
            .build();

    private final Cache<String, Boolean> open = Caffeine.newBuilder()
            .expireAfterWrite(Accounts.SEEN_WITHIN)
            .maximumSize(MAX_KNOWN)
            .build();

    /** Tokens that are kept in a store. */
    public PersonalTokens(MetadataStore store, InstantSource clock) {
        this.store = Objects.requireNonNull(store, "store");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.secrets = new OneTimeSecrets(store);
    }

    record Body(String user, String name, Set<String> scopes, Instant expiresAt, Optional<Instant> lastUsedAt) {}

    /**
     * A token without its text. Immutable.
     *
     * @param id names it
     * @param name what it is for
     * @param scopes what it may do, as far as the person may still do it
     * @param createdAt when it was made
     * @param expiresAt when it ends
     * @param lastUsedAt when it was last used, to a minute or so
     */
    public record PersonalToken(
            String id,
            String name,
            Set<String> scopes,
            Instant createdAt,
            Instant expiresAt,
            Optional<Instant> lastUsedAt) {
        public PersonalToken {
            scopes = Set.copyOf(scopes);
        }
    }

    /**
     * A new token with its text, which nobody can be shown again.
     *
     * @param text what programs send
     */
    public record Made(PersonalToken token, String text) {
        /** Without the text. */
        @Override
        public String toString() {
            return token.toString();
        }
    }

    /**
     * A token that a request came with.
     *
     * @param caller whose it is
     */
    public record Presented(Caller caller, PersonalToken token) {}

    /**
     * Makes a token.
     *
     * @param scopes what it may do; some of what the person may do, which the caller of this method checks
     * @param days how long it is good, 1 to {@link #MAX_DAYS}
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when the name, the days or the scopes can't be
     *     used, LIMIT_EXCEEDED when there are {@link #MAX_TOKENS} already
     */
    public Made make(Caller caller, String name, Set<String> scopes, int days) {
        if (days < 1 || days > MAX_DAYS || scopes.isEmpty()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "A token of " + days + " days and " + scopes.size() + " scopes can't be made",
                    "Give 1 to " + MAX_DAYS + " days and at least one scope");
        }
        String text = Accounts.name("name", name);
        if (list(caller).size() >= MAX_TOKENS) {
            throw new StudioException(
                    ErrorCode.LIMIT_EXCEEDED, "You have " + MAX_TOKENS + " tokens already", "Revoke one of them");
        }
        String secret = PREFIX + Hashes.newSecret();
        String id = UUID.randomUUID().toString();
        Instant expiresAt = clock.instant().plus(Duration.ofDays(days));
        Body body = new Body(caller.user(), text, new TreeSet<>(scopes), expiresAt, Optional.empty());
        Kept<Body> kept = store.apply(records(caller).insert(id, body, attributes(body)))
                .map(records(caller)::read)
                .orElseThrow();
        secrets.keep(secret, new OneTimeSecrets.Body(Purpose.PERSONAL_TOKEN, caller.tenant(), id, expiresAt));
        return new Made(token(kept), secret);
    }

    /** The tokens of a person, the newest first, also those that have expired. */
    public List<PersonalToken> list(Caller caller) {
        Records<Body> records = records(caller);
        return records.all(records.query().where(USER, caller.user())).stream()
                .map(PersonalTokens::token)
                .toList();
    }

    /**
     * Ends a token.
     *
     * @throws StudioException with {@link ErrorCode#ENTRY_NOT_FOUND} when the person has no such token
     */
    public void revoke(Caller caller, String id) {
        Optional<Kept<Body>> own =
                records(caller).find(id).filter(kept -> kept.value().user().equals(caller.user()));
        if (own.isEmpty()) {
            throw new StudioException(
                    ErrorCode.ENTRY_NOT_FOUND,
                    "There is no token " + StudioException.quote(id),
                    "List your tokens to see their ids");
        }
        secrets.forget(Purpose.PERSONAL_TOKEN, caller.tenant(), id);
        store.apply(records(caller).delete(id));
        known.invalidateAll();
        open.invalidate(id);
    }

    /** Revokes all tokens of a person. */
    public void revokeAll(Caller caller) {
        list(caller).forEach(token -> revoke(caller, token.id()));
    }

    /** Revokes all tokens of everybody in an organisation; its secrets are ended by whoever calls this. */
    void revokeAll(String tenant) {
        store.deleteAll(new Records<>(store, tenant, "identity-token", Body.class).query(), Instant.MAX);
        known.invalidateAll();
        open.invalidateAll();
    }

    /**
     * The token of a text, if it is good; nothing for all others alike. A token that another process revoked is good
     * until {@link Accounts#SEEN_WITHIN} later.
     */
    public Optional<Presented> find(String text) {
        if (text.length() != LENGTH || !text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        // Known by its hash: the text itself is nowhere in memory for longer than a request.
        return Objects.requireNonNull(known.get(Hashes.sha256(text), hash -> read(text, now)))
                .filter(presented -> now.isBefore(presented.token().expiresAt()));
    }

    /** Whether a token was not revoked, as it was at most {@link Accounts#SEEN_WITHIN} ago. */
    public boolean isOpen(Caller caller, String id) {
        return Boolean.TRUE.equals(open.get(
                id,
                each -> records(caller)
                        .find(each)
                        .filter(kept -> kept.value().user().equals(caller.user()))
                        .isPresent()));
    }

    private Optional<Presented> read(String text, Instant now) {
        Optional<OneTimeSecrets.Body> to = secrets.find(Purpose.PERSONAL_TOKEN, text, now);
        return to.flatMap(body -> records(body.tenant()).find(body.id()).map(kept -> noted(body.tenant(), kept, now)));
    }

    private Presented noted(String tenant, Kept<Body> kept, Instant now) {
        Body body = kept.value();
        Caller caller = new Caller(tenant, body.user());
        boolean isRecent = body.lastUsedAt()
                .filter(last -> now.isBefore(last.plus(NOTED_AT_MOST_EVERY)))
                .isPresent();
        if (!isRecent) {
            Body used = new Body(body.user(), body.name(), body.scopes(), body.expiresAt(), Optional.of(now));
            // Whoever was faster noted the same, or revoked it, which the next request will see.
            Records.tryApply(
                    store, List.of(records(caller).update(kept.id(), kept.revision(), used, attributes(used))));
        }
        return new Presented(caller, token(kept));
    }

    private static PersonalToken token(Kept<Body> kept) {
        Body body = kept.value();
        return new PersonalToken(
                kept.id(), body.name(), body.scopes(), kept.createdAt(), body.expiresAt(), body.lastUsedAt());
    }

    private Records<Body> records(Caller caller) {
        return records(caller.tenant());
    }

    private Records<Body> records(String tenant) {
        return new Records<>(store, tenant, "identity-token", Body.class);
    }

    private static Map<String, String> attributes(Body body) {
        return Map.of(USER, body.user());
    }
}
