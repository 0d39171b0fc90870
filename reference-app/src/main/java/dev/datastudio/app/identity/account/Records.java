package dev.datastudio.app.identity.account;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.metadata.EntryPage;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.metadata.MetadataStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The entries of one kind of a tenant as records. Thread-safe.
 *
 * @param <T> the record that is the body of an entry
 */
final class Records<T> {
    /** Whose entries are those that are not of one organisation; no organisation has this id. */
    static final String EVERYBODY = "studio-identity";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final MetadataStore store;
    private final String tenant;
    private final String kind;
    private final Class<T> type;

    Records(MetadataStore store, String tenant, String kind, Class<T> type) {
        this.store = store;
        this.tenant = tenant;
        this.kind = kind;
        this.type = type;
    }

    /** A record as it is kept. */
    record Kept<T>(String id, T value, long revision, Instant createdAt) {}

    Optional<Kept<T>> find(String id) {
        return store.find(key(id)).map(this::read);
    }

    EntryChange insert(String id, T value, Map<String, String> attributes) {
        return EntryChange.insert(key(id), JSON.writeValueAsString(value), attributes);
    }

    EntryChange update(String id, long revision, T value, Map<String, String> attributes) {
        return EntryChange.update(key(id), revision, JSON.writeValueAsString(value), attributes);
    }

    EntryChange put(String id, T value) {
        return EntryChange.put(key(id), JSON.writeValueAsString(value), Map.of());
    }

    EntryChange delete(String id) {
        return EntryChange.delete(key(id));
    }

    EntryChange delete(String id, long revision) {
        return EntryChange.delete(key(id), revision);
    }

    EntryQuery query() {
        return EntryQuery.of(tenant, kind);
    }

    /** All of a query, whatever its limit. */
    List<Kept<T>> all(EntryQuery query) {
        List<Kept<T>> all = new ArrayList<>();
        EntryPage page = store.list(query);
        page.entries().forEach(entry -> all.add(read(entry)));
        while (page.hasMore()) {
            page = store.list(query.after(page.next()));
            page.entries().forEach(entry -> all.add(read(entry)));
        }
        return all;
    }

    Kept<T> read(Entry entry) {
        try {
            return new Kept<>(
                    entry.key().id(), JSON.readValue(entry.body(), type), entry.revision(), entry.createdAt());
        } catch (JacksonException e) {
            throw new StudioException(
                    ErrorCode.WORKSPACE_DAMAGED,
                    "The " + kind + " " + StudioException.quote(entry.key().id()) + " can't be read from the workspace",
                    "Restore a backup",
                    e);
        }
    }

    private EntryKey key(String id) {
        return new EntryKey(tenant, kind, id);
    }

    /** Applies changes of one tenant; false when an entry is not there in the expected revision. */
    static boolean tryApply(MetadataStore store, List<EntryChange> changes) {
        try {
            store.apply(changes);
            return true;
        } catch (StudioException e) {
            if (e.code() == ErrorCode.ENTRY_CONFLICT) {
                return false;
            }
            throw e;
        }
    }
}
