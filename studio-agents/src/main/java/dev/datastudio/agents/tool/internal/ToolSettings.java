package dev.datastudio.agents.tool.internal;

import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.metadata.internal.EntryCollection;
import java.util.Map;
import java.util.Set;

/** Which tools a tenant switched off. Thread-safe, also between processes. */
public final class ToolSettings {
    private final MetadataStore store;
    private final EntryCollection<String> off;

    /** The settings of a caller's tenant. */
    public ToolSettings(MetadataStore store, Caller caller) {
        this.store = store;
        this.off = new EntryCollection<>(
                store,
                caller.tenant(),
                "disabled-tool",
                (entry, body) -> entry.key().id());
    }

    /** Names of the tools that are off. */
    public Set<String> disabled() {
        return Set.copyOf(off.all(off.query()));
    }

    /** Switches a tool off. */
    public void disable(String name) {
        store.apply(EntryChange.put(off.key(name), "{}", Map.of()));
    }

    /** Switches a tool on. */
    public void enable(String name) {
        store.apply(EntryChange.delete(off.key(name)));
    }
}
