package dev.datastudio.agents.agent.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.datastudio.agents.agent.AgentSpec;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.core.metadata.internal.EntryCollection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps what one tenant changed of its agents, and those that it added. Thread-safe. */
public final class AgentStore {
    private static final String KIND = "agent-config";

    private final MetadataStore store;
    private final EntryCollection<Kept> entries;

    public AgentStore(MetadataStore store, String tenant) {
        this.store = store;
        this.entries = new EntryCollection<>(store, tenant, KIND, AgentStore::kept);
    }

    /**
     * An agent as it is kept.
     *
     * @param revision 1 when it was made, one more with each change
     */
    public record Kept(AgentSpec spec, long revision) {}

    /** All of them, the newest first. */
    public List<Kept> list() {
        return entries.all(entries.query());
    }

    public Optional<Kept> find(String id) {
        return entries.find(id);
    }

    /**
     * Keeps an agent that is not there yet.
     *
     * @throws dev.datastudio.api.error.StudioException ENTRY_CONFLICT when it is there already
     */
    public Kept insert(AgentSpec spec) {
        return put(EntryChange.insert(entries.key(spec.id()), AgentSpecJson.write(spec), Map.of()));
    }

    /**
     * Keeps an agent in place of what is there.
     *
     * @throws dev.datastudio.api.error.StudioException ENTRY_CONFLICT when somebody else changed it first
     */
    public Kept update(AgentSpec spec, long revision) {
        return put(EntryChange.update(entries.key(spec.id()), revision, AgentSpecJson.write(spec), Map.of()));
    }

    public void delete(String id) {
        store.apply(EntryChange.delete(entries.key(id)));
    }

    private Kept put(EntryChange change) {
        Entry entry = store.apply(change).orElseThrow(() -> new IllegalStateException("A put entry is given back"));
        return entries.read(entry);
    }

    private static Kept kept(Entry entry, JsonNode json) {
        return new Kept(AgentSpecJson.read(json), entry.revision());
    }
}
