package dev.datastudio.app.identity.account;

import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.app.identity.account.Records.Kept;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Secrets that are given away once and lead back to something of an organisation: invitations, links for a new password,
 * personal tokens. Only their hashes are kept. Thread-safe.
 */
final class OneTimeSecrets {
    private static final String OF = "of";

    private final Records<Body> records;
    private final MetadataStore store;

    OneTimeSecrets(MetadataStore store) {
        this.store = store;
        this.records = new Records<>(store, Records.EVERYBODY, "identity-secret", Body.class);
    }

    /** What a secret is for. */
    enum Purpose {
        INVITATION,
        NEW_PASSWORD,
        PERSONAL_TOKEN
    }

    record Body(Purpose purpose, String tenant, String id, Instant expiresAt) {}

    /** Leads from a secret to something; whatever secrets led there for this purpose no longer do. */
    void keep(String secret, Body body) {
        forget(body.purpose(), body.tenant(), body.id());
        store.apply(records.insert(Hashes.sha256(secret), body, Map.of(OF, name(body))));
    }

    /** What a secret leads to. */
    Optional<Body> find(Purpose purpose, String secret, Instant now) {
        return records.find(Hashes.sha256(secret))
                .map(Kept::value)
                .filter(body -> body.purpose() == purpose && now.isBefore(body.expiresAt()));
    }

    /** Ends a secret; only one call for a secret is told that it was this one. */
    boolean use(String secret) {
        String id = Hashes.sha256(secret);
        Optional<Kept<Body>> kept = records.find(id);
        if (kept.isEmpty()) {
            return false;
        }
        EntryChange end = records.delete(id, kept.get().revision());
        return Records.tryApply(store, List.of(end));
    }

    /** Ends the secrets that lead to something. */
    void forget(Purpose purpose, String tenant, String id) {
        store.deleteAll(records.query().where(OF, purpose + "/" + tenant + "/" + id), Instant.MAX);
    }

    /** Ends all secrets that lead into an organisation. */
    void forgetAll(String tenant) {
        records.all(records.query()).stream()
                .filter(kept -> kept.value().tenant().equals(tenant))
                .forEach(kept -> store.apply(records.delete(kept.id())));
    }

    private static String name(Body body) {
        return body.purpose() + "/" + body.tenant() + "/" + body.id();
    }
}
