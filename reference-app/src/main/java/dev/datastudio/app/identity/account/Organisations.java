package dev.datastudio.app.identity.account;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.app.identity.account.Records.Kept;
import java.util.Map;
import java.util.Objects;

/** The names of organisations. Thread-safe. */
public final class Organisations {
    private static final String ID = "self";

    private final MetadataStore store;

    /** Organisations that are kept in a store. */
    public Organisations(MetadataStore store) {
        this.store = Objects.requireNonNull(store, "store");
    }

    record Body(String name) {}

    /**
     * The organisation of an id.
     *
     * @throws StudioException with {@link ErrorCode#ENTRY_NOT_FOUND} when there is none
     */
    public Organisation get(String tenant) {
        Kept<Body> kept = records(tenant)
                .find(ID)
                .orElseThrow(() -> new StudioException(
                        ErrorCode.ENTRY_NOT_FOUND, "There is no such organisation", "Sign in again"));
        return new Organisation(tenant, kept.value().name(), kept.revision());
    }

    /** Whether there is an organisation of an id. */
    public boolean exists(String tenant) {
        return records(tenant).find(ID).isPresent();
    }

    /**
     * Gives an organisation another name.
     *
     * @param revision the one that was seen
     * @throws StudioException with {@link ErrorCode#ENTRY_CONFLICT} when it was changed meanwhile
     */
    public Organisation rename(String tenant, long revision, String name) {
        String text = Accounts.name("name of the organisation", name);
        get(tenant);
        store.apply(records(tenant).update(ID, revision, new Body(text), Map.of()));
        return get(tenant);
    }

    /** Whether there is another organisation beside one. */
    public boolean hasOther(String tenant) {
        return store.tenants().stream().anyMatch(other -> !other.equals(tenant) && exists(other));
    }

    EntryChange end(String tenant) {
        return records(tenant).delete(ID);
    }

    EntryChange begin(String tenant, String name) {
        return records(tenant).insert(ID, new Body(name), Map.of());
    }

    private Records<Body> records(String tenant) {
        return new Records<>(store, tenant, "identity-organisation", Body.class);
    }
}
