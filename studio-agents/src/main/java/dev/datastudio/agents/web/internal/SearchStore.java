package dev.datastudio.agents.web.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.agents.web.SearchConfig;
import dev.datastudio.agents.web.SearchProvider;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.secret.SecretVault;
import dev.datastudio.core.metadata.internal.ChangeLock;
import dev.datastudio.core.metadata.internal.EntryCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps how a tenant searches the web, one entry a provider, its key sealed. Thread-safe, also between processes. */
public final class SearchStore {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MetadataStore store;
    private final SecretVault vault;
    private final String tenant;
    private final EntryCollection<Kept> entries;
    private final ChangeLock lock;

    public SearchStore(MetadataStore store, SecretVault vault, String tenant) {
        this.store = store;
        this.vault = vault;
        this.tenant = tenant;
        this.entries = new EntryCollection<>(store, tenant, "web-search", SearchStore::kept);
        this.lock = new ChangeLock(store, new EntryKey(tenant, "web-search-lock", "active"));
    }

    private record Kept(SearchConfig config, String sealed, long revision) {}

    /** The oldest first. */
    public List<SearchConfig> list() {
        return all().stream().map(Kept::config).toList();
    }

    private List<Kept> all() {
        return entries.all(entries.query().orderedBy(EntryQuery.Order.OLDEST_FIRST));
    }

    /** Keeps a provider with its key in place of what was there; it is active when no other one is. */
    public void put(SearchProvider provider, String engineId, Secret key) {
        String sealed = vault.seal(tenant, purpose(provider), key);
        lock.changing(locking -> {
            List<Kept> all = all();
            boolean isOtherActive = all.stream()
                    .map(Kept::config)
                    .anyMatch(config -> config.isActive() && config.provider() != provider);
            long revision = all.stream()
                    .filter(kept -> kept.config().provider() == provider)
                    .findFirst()
                    .map(Kept::revision)
                    .orElse(EntryChange.ABSENT);
            return store.apply(List.of(locking, change(provider, revision, engineId, !isOtherActive, sealed)));
        });
    }

    /** Makes one the active one, and all others not; an empty one leaves none active. */
    public void activate(Optional<SearchProvider> chosen) {
        lock.changing(locking -> {
            chosen.ifPresent(this::require);
            List<EntryChange> changes = new ArrayList<>(List.of(locking));
            for (Kept kept : all()) {
                SearchConfig config = kept.config();
                boolean isChosen = chosen.filter(config.provider()::equals).isPresent();
                if (isChosen != config.isActive()) {
                    changes.add(change(config.provider(), kept.revision(), config.engineId(), isChosen, kept.sealed()));
                }
            }
            return store.apply(changes);
        });
    }

    public void delete(SearchProvider provider) {
        require(provider);
        store.apply(EntryChange.delete(entries.key(provider.id())));
    }

    /** The key of a provider. */
    public Secret key(SearchProvider provider) {
        return vault.open(tenant, purpose(provider), require(provider).sealed());
    }

    private Kept require(SearchProvider provider) {
        return entries.find(provider.id())
                .orElseThrow(() -> new StudioException(
                        ErrorCode.ENTRY_NOT_FOUND,
                        "Web search with " + provider.title() + " is not configured",
                        "Configure it with its key first"));
    }

    /** Has the vault seal all keys of the tenant with its newest key; how many were sealed with an older one. */
    public int reseal() {
        return lock.changing(locking -> {
            List<EntryChange> changes = new ArrayList<>(List.of(locking));
            for (Kept kept : all()) {
                SearchConfig config = kept.config();
                String after = vault.reseal(tenant, purpose(config.provider()), kept.sealed());
                if (!after.equals(kept.sealed())) {
                    changes.add(
                            change(config.provider(), kept.revision(), config.engineId(), config.isActive(), after));
                }
            }
            store.apply(changes);
            return changes.size() - 1;
        });
    }

    /** Binds a sealed key to its provider, so that it is sent to no other one. */
    private static String purpose(SearchProvider provider) {
        return "web-search/" + provider.id() + "/key";
    }

    private EntryChange change(
            SearchProvider provider, long revision, String engineId, boolean isActive, String sealed) {
        String body = JSON.createObjectNode()
                .put("provider", provider.id())
                .put("engine_id", engineId)
                .put("active", isActive)
                .put("key", sealed)
                .toString();
        return new EntryChange.Put(entries.key(provider.id()), revision, body, Map.of());
    }

    private static Kept kept(Entry entry, JsonNode json) {
        SearchConfig config = new SearchConfig(
                SearchProvider.parse(json.path("provider").asText()),
                json.path("engine_id").asText(),
                json.path("active").asBoolean(),
                false,
                entry.changedAt());
        return new Kept(config, json.path("key").asText(), entry.revision());
    }
}
