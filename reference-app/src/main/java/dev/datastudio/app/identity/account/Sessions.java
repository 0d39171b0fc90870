package dev.datastudio.app.identity.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.identity.account.IdentityKeys.SigningKey;
import dev.datastudio.app.identity.account.Records.Kept;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sessions of people who signed in: each a family of refresh tokens, of which only the last one is good. A token
 * holds its number and is signed; nothing of it is kept but the number that is due.
 *
 * <p>The one before the last is good for {@link #GRACE} more, and is answered by the same successor as the first time:
 * two tabs of a browser refresh at the same moment, and answers get lost. An older one was stolen or its thief was
 * faster, and nobody knows which: the whole family ends (RFC 9700, 4.14.2). Thread-safe, also between processes.
 */
public final class Sessions {
    /** How long a refresh token that was used is answered by its successor again. */
    public static final Duration GRACE = Duration.ofSeconds(30);

    private static final Pattern TOKEN =
            Pattern.compile("([0-9a-f-]{36})\\.([0-9a-f-]{36})\\.([0-9]{1,9})\\.([0-9a-f]{8})\\.([A-Za-z0-9_-]{43})");
    private static final String USER = "user";
    private static final int MAX_TRIES = 20;
    private static final int MAX_KNOWN = 10_000;

    private final MetadataStore store;
    private final InstantSource clock;
    private final IdentityKeys keys;
    private final Duration lifetime;
    private final Duration longest;
    private final Cache<String, Boolean> open = Caffeine.newBuilder()
            .expireAfterWrite(Accounts.SEEN_WITHIN)
            .maximumSize(MAX_KNOWN)
            .build();

    /**
     * Sessions that are kept in a store.
     *
     * @param lifetime how long a session lasts that nobody uses
     * @param longest after what time everybody has to sign in again
     */
    public Sessions(MetadataStore store, InstantSource clock, IdentityKeys keys, Duration lifetime, Duration longest) {
        this.store = Objects.requireNonNull(store, "store");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.keys = Objects.requireNonNull(keys, "keys");
        this.lifetime = Objects.requireNonNull(lifetime, "lifetime");
        this.longest = Objects.requireNonNull(longest, "longest");
    }

    /** As it is kept: {@code number} is that of the token that is due. */
    record Family(String user, long epoch, long number, Instant usedAt, Instant begunAt) {}

    /**
     * A session and the token that continues it.
     *
     * @param caller whose
     * @param id of the session
     * @param epoch of the account when it began
     * @param refreshToken what {@link #refresh} takes next
     * @param expiresAt when it ends if it is not continued
     */
    public record Session(Caller caller, String id, long epoch, String refreshToken, Instant expiresAt) {
        /** Without the token. */
        @Override
        public String toString() {
            return "Session[" + id + "]";
        }
    }

    /** How a token was taken. */
    public sealed interface Outcome {
        /** It was good: this is how it goes on. */
        record Continued(Session session) implements Outcome {}

        /** It was used before, so its session was ended. */
        record Reused(Caller caller, String session) implements Outcome {}

        /** It is none, or its session has ended. */
        record Refused() implements Outcome {}
    }

    /** Begins a session of somebody who has proved who they are. */
    public Session begin(Account account) {
        Caller caller = account.caller();
        Records<Family> families = families(caller.tenant());
        Instant now = clock.instant();
        store.deleteAll(families.query().where(USER, caller.user()), now.minus(longest));
        String id = UUID.randomUUID().toString();
        Family family = new Family(caller.user(), account.epoch(), 1, now, now);
        store.apply(families.insert(id, family, attributes(family)));
        return session(caller.tenant(), id, family);
    }

    /** Takes a refresh token; see the description of the class. */
    public Outcome refresh(String token) {
        Optional<Parsed> parsed = parse(token);
        if (parsed.isEmpty()) {
            return new Outcome.Refused();
        }
        Records<Family> families = families(parsed.get().tenant());
        for (int i = 0; i < MAX_TRIES; i++) {
            Optional<Kept<Family>> kept = families.find(parsed.get().family());
            if (kept.isEmpty() || hasExpired(kept.get().value())) {
                return new Outcome.Refused();
            }
            Optional<Outcome> outcome = take(parsed.get(), kept.get(), families);
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        throw new IllegalStateException("A session was changed by others " + MAX_TRIES + " times in a row");
    }

    /** Nothing when somebody else changed the session meanwhile. */
    private Optional<Outcome> take(Parsed token, Kept<Family> kept, Records<Family> families) {
        Family family = kept.value();
        Instant now = clock.instant();
        if (token.number() == family.number()) {
            Family next = new Family(family.user(), family.epoch(), family.number() + 1, now, family.begunAt());
            boolean done = Records.tryApply(
                    store, List.of(families.update(kept.id(), kept.revision(), next, attributes(next))));
            return done
                    ? Optional.of(new Outcome.Continued(session(token.tenant(), kept.id(), next)))
                    : Optional.empty();
        }
        if (token.number() == family.number() - 1
                && now.isBefore(family.usedAt().plus(GRACE))) {
            return Optional.of(new Outcome.Continued(session(token.tenant(), kept.id(), family)));
        }
        Caller caller = new Caller(token.tenant(), family.user());
        end(caller, kept.id());
        return Optional.of(new Outcome.Reused(caller, kept.id()));
    }

    private boolean hasExpired(Family family) {
        return !clock.instant().isBefore(expiry(family));
    }

    private Instant expiry(Family family) {
        Instant unused = family.usedAt().plus(lifetime);
        Instant last = family.begunAt().plus(longest);
        return unused.isBefore(last) ? unused : last;
    }

    /** Whether a session has not ended, as it was at most {@link Accounts#SEEN_WITHIN} ago. */
    public boolean isOpen(Caller caller, String id) {
        return Boolean.TRUE.equals(open.get(
                id,
                each -> families(caller.tenant())
                        .find(each)
                        .filter(kept -> kept.value().user().equals(caller.user()) && !hasExpired(kept.value()))
                        .isPresent()));
    }

    /** Ends a session. */
    public void end(Caller caller, String id) {
        store.apply(families(caller.tenant()).delete(id));
        open.invalidate(id);
    }

    /** Ends the session of a refresh token, if it is one of a session; says whose it was. */
    public Optional<Caller> end(String refreshToken) {
        Optional<Parsed> parsed = parse(refreshToken);
        Optional<Caller> caller = parsed.flatMap(each -> families(each.tenant())
                .find(each.family())
                .map(kept -> new Caller(each.tenant(), kept.value().user())));
        caller.ifPresent(each -> end(each, parsed.orElseThrow().family()));
        return caller;
    }

    /** Ends all sessions of a person. */
    public void endAll(Caller caller) {
        store.deleteAll(families(caller.tenant()).query().where(USER, caller.user()), Instant.MAX);
        open.invalidateAll();
    }

    /** Ends all sessions of everybody in an organisation. */
    void endAll(String tenant) {
        store.deleteAll(families(tenant).query(), Instant.MAX);
        open.invalidateAll();
    }

    private Session session(String tenant, String id, Family family) {
        SigningKey key = keys.newest();
        String head = tenant + "." + id + "." + family.number() + "." + key.id();
        String token = head + "." + Hashes.hmac(key.bytes(), "refresh\n" + head);
        return new Session(new Caller(tenant, family.user()), id, family.epoch(), token, expiry(family));
    }

    private record Parsed(String tenant, String family, long number) {}

    private Optional<Parsed> parse(String token) {
        Matcher parts = TOKEN.matcher(token);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String head = token.substring(0, token.lastIndexOf('.'));
        boolean ours = keys.find(parts.group(4))
                .filter(key -> Hashes.same(Hashes.hmac(key.bytes(), "refresh\n" + head), parts.group(5)))
                .isPresent();
        return ours
                ? Optional.of(new Parsed(parts.group(1), parts.group(2), Long.parseLong(parts.group(3))))
                : Optional.empty();
    }

    private Records<Family> families(String tenant) {
        return new Records<>(store, tenant, "identity-session", Family.class);
    }

    private static Map<String, String> attributes(Family family) {
        return Map.of(USER, family.user());
    }
}
