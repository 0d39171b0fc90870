package dev.datastudio.app.identity.account;

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
    record SigningKey(String id, Instant createdAt, byte[] bytes) {}

    /** As it is used. */
    private record Opened(
            Instant readAt, long revision, Map<String, SigningKey> keys, SigningKey newest, byte[] lookup) {}

    /** The key that signs now. */
    SigningKey newest() {
        SigningKey newest = current().newest();
        return isOld(newest.createdAt()) ? renewed(false).newest() : newest;
    }

    /** The key of an id, if what it signed may still be valid. */
    Optional<SigningKey> find(String id) {
        return Optional.ofNullable(current().keys().get(id));
    }

    /** Makes a new key at once, as after a leak, and forgets all others: everybody has to sign in again. */
    public void replaceAll() {
        renewed(true);
    }

    /** What an e-mail address is looked up by: nobody can tell from it which one it is without the key. */
    String lookupKey(String text) {
        return Hashes.hmac(current().lookup(), text);
    }

    private Opened current() {
        Opened known = opened;
        if (known != null
                && Duration.between(known.readAt(), clock.instant()).abs().compareTo(FRESH) < 0) {
            return known;
        }
        return read().orElseGet(() -> renewed(false));
    }

    private boolean isOld(Instant createdAt) {
        return !clock.instant().isBefore(createdAt.plus(ROTATION));
    }

    private Opened renewed(boolean alone) {
        for (int i = 0; i < MAX_TRIES; i++) {
            Optional<Kept<Body>> kept = records.find(ID);
            boolean isFresh =
                    kept.isPresent() && kept.get().value().keys().stream().anyMatch(key -> !isOld(key.createdAt()));
            boolean done = isFresh && !alone
                    || Records.tryApply(
                            store,
                            List.of(
                                    kept.isEmpty()
                                            ? records.insert(ID, with(List.of(), newLookup()), Map.of())
                                            : records.update(
                                                    ID,
                                                    kept.get().revision(),
                                                    with(
                                                            alone
                                                                    ? List.of()
                                                                    : kept.get()
                                                                            .value()
                                                                            .keys(),
                                                            kept.get().value().lookup()),
                                                    Map.of())));
            if (done) {
                return read().orElseThrow();
            }
        }
        throw new IllegalStateException("The signing key was changed by others " + MAX_TRIES + " times in a row");
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
            newest = new SigningKey(key.id(), key.createdAt(), bytes(PURPOSE, key.sealed()));
            keys.put(key.id(), newest);
        }
        return new Opened(
                clock.instant(),
                kept.revision(),
                Map.copyOf(keys),
                Objects.requireNonNull(newest, "newest"),
                bytes(LOOKUP_PURPOSE, kept.value().lookup()));
    }

    private byte[] bytes(String purpose, String sealed) {
        String secret = vault.open(Records.EVERYBODY, purpose, sealed).reveal();
        return Base64.getUrlDecoder().decode(secret);
    }
}
