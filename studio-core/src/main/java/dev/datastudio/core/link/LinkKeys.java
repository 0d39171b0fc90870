package dev.datastudio.core.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.secret.SecretVault;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signing key of each tenant, sealed in the metadata store, made when a tenant first signs. The revision in which it
 * came is the epoch that stands in links: with a new key all of them end, on every instance at once; a key that is only
 * sealed anew keeps its epoch. Thread-safe.
 */
final class LinkKeys {
    private static final String KIND = "link-key";
    private static final String PURPOSE = "link/signing-key";
    private static final String EPOCH = "epoch";
    private static final int KEY_BYTES = 32;
    private static final int MAX_OPENED = 1_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final MetadataStore store;
    private final SecretVault vault;
    /** By sealed text, because opening one costs more than looking at the store. */
    private final ConcurrentMap<String, Secret> opened = new ConcurrentHashMap<>();

    LinkKeys(MetadataStore store, SecretVault vault) {
        this.store = store;
        this.vault = vault;
    }

    /** A tenant's key: which one, and its text. */
    record LinkKey(long epoch, Secret key) {
        /** HMAC-SHA-256 (RFC 2104), in Base64 for URLs. */
        String sign(byte[] text) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key.reveal().getBytes(UTF_8), "HmacSHA256"));
                return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(text));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every Java platform has HmacSHA256", e);
            }
        }
    }

    Optional<LinkKey> find(String tenant) {
        return store.find(key(tenant)).map(this::open);
    }

    LinkKey get(String tenant) {
        Optional<LinkKey> found = find(tenant);
        return found.isPresent() ? found.get() : make(tenant);
    }

    private LinkKey make(String tenant) {
        try {
            return store.apply(EntryChange.insert(key(tenant), newKey(tenant), Map.of()))
                    .map(this::open)
                    .orElseThrow();
        } catch (StudioException e) {
            if (e.code() != ErrorCode.ENTRY_CONFLICT) {
                throw e;
            }
            return find(tenant).orElseThrow(() -> e); // another one made it meanwhile
        }
    }

    /** Replaced, never deleted: an epoch must not come back. */
    void renew(String tenant) {
        store.apply(EntryChange.put(key(tenant), newKey(tenant), Map.of()));
    }

    /** Has the vault seal a key with its newest one; whether there was something to do. */
    boolean reseal(String tenant) {
        Optional<Entry> found = store.find(key(tenant));
        if (found.isEmpty()) {
            return false;
        }
        Entry entry = found.get();
        String sealed = vault.reseal(tenant, PURPOSE, entry.body());
        if (sealed.equals(entry.body())) {
            return false;
        }
        store.apply(
                EntryChange.update(entry.key(), entry.revision(), sealed, Map.of(EPOCH, String.valueOf(epoch(entry)))));
        return true;
    }

    private static long epoch(Entry entry) {
        String kept = entry.attributes().getOrDefault(EPOCH, "");
        return kept.isEmpty() ? entry.revision() : Long.parseLong(kept);
    }

    private LinkKey open(Entry entry) {
        if (opened.size() > MAX_OPENED) {
            opened.clear();
        }
        Secret key = opened.computeIfAbsent(
                entry.body(), text -> vault.open(entry.key().tenant(), PURPOSE, text));
        return new LinkKey(epoch(entry), key);
    }

    private String newKey(String tenant) {
        byte[] bytes = new byte[KEY_BYTES];
        RANDOM.nextBytes(bytes);
        return vault.seal(tenant, PURPOSE, Secret.of(Base64.getEncoder().encodeToString(bytes)));
    }

    private static EntryKey key(String tenant) {
        return new EntryKey(tenant, KIND, "current");
    }
}
