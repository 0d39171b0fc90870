package dev.datastudio.core.metadata.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.metadata.EntryPage;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.metadata.MetadataStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The entries of one kind and tenant as values. Thread-safe.
 *
 * @param <T> what an entry means
 */
public final class EntryCollection<T> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 500;

    private final MetadataStore store;
    private final String tenant;
    private final String kind;
    private final BiFunction<Entry, JsonNode, T> reader;

    /**
     * The entries of a kind.
     *
     * @param reader makes a value of an entry and its parsed body
     */
    public EntryCollection(MetadataStore store, String tenant, String kind, BiFunction<Entry, JsonNode, T> reader) {
        this.store = Objects.requireNonNull(store, "store");
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.kind = Objects.requireNonNull(kind, "kind");
        this.reader = Objects.requireNonNull(reader, "reader");
    }

    /** The name of an entry of the collection. */
    public EntryKey key(String id) {
        return new EntryKey(tenant, kind, id);
    }

    /** All entries, the newest first, to be narrowed. */
    public EntryQuery query() {
        return EntryQuery.of(tenant, kind);
    }

    /** The value of an id; an id that no entry can have is not there. */
    public Optional<T> find(String id) {
        return id.matches("[\\x21-\\x7e]{1,200}") ? store.find(key(id)).map(this::read) : Optional.empty();
    }

    /** One page of values. */
    public List<T> page(EntryQuery query) {
        return store.list(query).entries().stream().map(this::read).toList();
    }

    /** The values of all pages. */
    public List<T> all(EntryQuery query) {
        EntryQuery next = query.limitedTo(PAGE);
        List<T> values = new ArrayList<>();
        while (true) {
            EntryPage page = store.list(next);
            page.entries().forEach(entry -> values.add(read(entry)));
            if (!page.hasMore()) {
                return values;
            }
            next = next.after(page.next());
        }
    }

    /** The value of an entry. */
    public T read(Entry entry) {
        try {
            return reader.apply(entry, JSON.readTree(entry.body()));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new StudioException(
                    ErrorCode.WORKSPACE_DAMAGED,
                    "The " + kind + " " + StudioException.quote(entry.key().id()) + " can't be read from the workspace",
                    "Delete it, or restore a backup",
                    e);
        }
    }
}
