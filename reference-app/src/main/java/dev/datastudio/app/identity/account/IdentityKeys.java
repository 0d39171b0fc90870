package dev.datastudio.app.identity.account;

import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.secret.SecretVault;
import dev.datastudio.app.identity.account.Records.Kept;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The keys that sessions are signed with, sealed by the vault and kept in the metadata store, so that all instances of
 * the application have the same. A new one is made every {@link #ROTATION}; older ones still check what they signed
 * until nothing that they signed can be valid. Thread-safe.
 */
public final class IdentityKeys {
    /** How long a key signs. */
    public static final Duration ROTATION = Duration.ofDays(30);

    private static final String ID = "current";
    private static final String PURPOSE = "identity/signing-key";
    private static final String LOOKUP_PURPOSE = "identity/lookup-key";
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final Duration UNKNOWN_AGAIN = Duration.ofSeconds(1);
    private static final int MAX_TRIES = 20;

    private final Records<Body> records;
    private final MetadataStore store;
    private final SecretVault vault;
    private final InstantSource clock;
    private final Duration longestSession;

    private volatile @Nullable Opened opened;

    /** @param longestSession how long something that was signed can be valid */
    public IdentityKeys(MetadataStore store, SecretVault vault, InstantSource clock, Duration longestSession) {
        this.store = Objects.requireNonNull(store, "store");
        this.vault = Objects.requireNonNull(vault, "vault");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.longestSession = Objects.requireNonNull(longestSession, "longestSession");
        this.records = new Records<>(store, Records.EVERYBODY, "identity-keys", Body.class);
    }

    /** As it is kept: the oldest key first. */
    record Body(List<SealedKey> keys, String lookup) {}

    record SealedKey(String id, Instant createdAt, String sealed) {}

    /** A key that signs. */
    record SigningKey(String id, Instant createdAt, Secret secret) {
        byte[] bytes() {
            return Base64.getUrlDecoder().decode(secret.reveal());
        }
    }

    /** As it is used. */
    private record Opened(
            Instant readAt, long revision, Map<String, SigningKey> keys, SigningKey newest, Secret lookup) {}

    /** The key that signs now. */
    SigningKey newest() {
        SigningKey newest = current().newest();
        return isOld(newest.createdAt()) ? renewed(Before.KEPT).newest() : newest;
    }

    /** The key of an id, if what it signed may still be valid. */
    Optional<SigningKey> find(String id) {
        Opened known = current();
        boolean mayBeNew = !known.keys().containsKey(id)
                && Duration.between(known.readAt(), clock.instant()).compareTo(UNKNOWN_AGAIN) > 0;
        Opened now = mayBeNew ? read().orElse(known) : known; // another process may have made it a moment ago
        return Optional.ofNullable(now.keys().get(id));
    }

    /** Makes a new key at once, as after a leak, and forgets all others: everybody has to sign in again. */
    public void replaceAll() {
        renewed(Before.FORGOTTEN);
    }

    /** What an e-mail address is looked up by: nobody can tell from it which one it is without the key. */
    String lookupKey(String text) {
        byte[] key = Base64.getUrlDecoder().decode(current().lookup().reveal());
        return Hashes.hmac(key, text);
    }

    private Opened current() {
        Opened known = opened;
        if (known != null
                && Duration.between(known.readAt(), clock.instant()).abs().compareTo(FRESH) < 0) {
            return known;
        }
        return read().orElseGet(() -> renewed(Before.KEPT));
    }

    private boolean isOld(Instant createdAt) {
        return !clock.instant().isBefore(createdAt.plus(ROTATION));
    }

    /** What happens to the keys that are there. */
    private enum Before {
        KEPT,
        FORGOTTEN
    }

    private Opened renewed(Before before) {
        for (int i = 0; i < MAX_TRIES; i++) {
            Optional<Kept<Body>> kept = records.find(ID);
            boolean isFresh = kept.stream()
                    .flatMap(each -> each.value().keys().stream())
                    .anyMatch(key -> !isOld(key.createdAt()));
            if ((isFresh && before == Before.KEPT) || Records.tryApply(store, List.of(renewal(kept, before)))) {
                return read().orElseThrow();
            }
        }
        throw new IllegalStateException("The signing key was changed by others " + MAX_TRIES + " times in a row");
    }

    private EntryChange renewal(Optional<Kept<Body>> kept, Before before) {
        if (kept.isEmpty()) {
            return records.insert(ID, with(List.of(), newLookup()), Map.of());
        }
        Body body = kept.get().value();
        List<SealedKey> keys = before == Before.KEPT ? body.keys() : List.of();
        return records.update(ID, kept.get().revision(), with(keys, body.lookup()), Map.of());
    }

    private Body with(List<SealedKey> before, String lookup) {
        Instant now = clock.instant();
        List<SealedKey> keys = new ArrayList<>(before);
        keys.removeIf(key -> key.createdAt().plus(ROTATION).plus(longestSession).isBefore(now));
        String sealed = vault.seal(Records.EVERYBODY, PURPOSE, Secret.of(Hashes.newSecret()));
        keys.add(new SealedKey(UUID.randomUUID().toString().substring(0, 8), now, sealed));
        return new Body(keys, lookup);
    }

    private String newLookup() {
        return vault.seal(Records.EVERYBODY, LOOKUP_PURPOSE, Secret.of(Hashes.newSecret()));
    }

    private Optional<Opened> read() {
        Optional<Opened> read = records.find(ID).map(this::open);
        read.ifPresent(now -> opened = now);
        return read;
    }

    private Opened open(Kept<Body> kept) {
        Opened known = opened;
        if (known != null && known.revision() == kept.revision()) {
            return new Opened(clock.instant(), known.revision(), known.keys(), known.newest(), known.lookup());
        }
        Map<String, SigningKey> keys = new LinkedHashMap<>();
        SigningKey newest = null;
        for (SealedKey key : kept.value().keys()) {
            newest = new SigningKey(key.id(), key.createdAt(), secret(PURPOSE, key.sealed()));
            keys.put(key.id(), newest);
        }
        return new Opened(
                clock.instant(),
                kept.revision(),
                Map.copyOf(keys),
                Objects.requireNonNull(newest, "newest"),
                secret(LOOKUP_PURPOSE, kept.value().lookup()));
    }

    private Secret secret(String purpose, String sealed) {
        return vault.open(Records.EVERYBODY, purpose, sealed);
    }
}
