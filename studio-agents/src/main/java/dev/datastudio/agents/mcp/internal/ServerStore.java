package dev.datastudio.agents.mcp.internal;

import dev.datastudio.agents.mcp.McpServerSpec;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.secret.SecretVault;
import dev.datastudio.core.metadata.internal.ChangeLock;
import dev.datastudio.core.metadata.internal.EntryCollection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The servers of a tenant. Thread-safe, also between processes. */
public final class ServerStore {
    private static final int MAX_SERVERS = 100;

    private final MetadataStore store;
    private final Supplier<SecretVault> vault;
    private final String tenant;
    private final EntryCollection<StoredServer> servers;
    private final ChangeLock lock;

    /** @param vault asked for when a key is sealed or opened: listing servers needs none */
    public ServerStore(MetadataStore store, Supplier<SecretVault> vault, String tenant) {
        this.store = store;
        this.vault = vault;
        this.tenant = tenant;
        this.servers = new EntryCollection<>(store, tenant, "mcp-server", StoredServer::read);
        this.lock = new ChangeLock(store, new EntryKey(tenant, "mcp-server-lock", "names"));
    }

    public String tenant() {
        return tenant;
    }

    /** All, the oldest first. */
    public List<StoredServer> list() {
        return servers.all(servers.query().orderedBy(EntryQuery.Order.OLDEST_FIRST));
    }

    public Optional<StoredServer> find(String id) {
        return servers.find(id);
    }

    /**
     * The server of an id.
     *
     * @throws StudioException with {@link ErrorCode#ENTRY_NOT_FOUND}
     */
    public StoredServer get(String id) {
        return find(id).orElseThrow(() -> new StudioException(
                ErrorCode.ENTRY_NOT_FOUND,
                "There is no MCP server " + StudioException.quote(id),
                "List the MCP servers to see their ids"));
    }

    public StoredServer insert(McpServerSpec spec, Secret key) {
        String id = UUID.randomUUID().toString();
        String sealed = seal(id, key);
        return lock.changing(locking -> {
            requireRoom();
            requireFreeName(spec.name(), id);
            return put(locking, new StoredServer(id, EntryChange.ABSENT, spec, sealed, List.of(), Optional.empty()));
        });
    }

    private void requireRoom() {
        if (list().size() >= MAX_SERVERS) {
            throw new StudioException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "There are " + MAX_SERVERS + " MCP servers, as many as an organisation may have",
                    "Delete one first");
        }
    }

    /** Changes one that is there in a revision. */
    public StoredServer update(String id, long revision, UnaryOperator<StoredServer> change) {
        StoredServer after = change.apply(get(id));
        return lock.changing(locking -> {
            requireFreeName(after.spec().name(), id);
            return put(
                    locking,
                    new StoredServer(id, revision, after.spec(), after.sealedKey(), after.tools(), after.checkedAt()));
        });
    }

    /** Changes one as it is, also when somebody else changes it meanwhile. */
    public StoredServer change(String id, UnaryOperator<StoredServer> change) {
        while (true) {
            StoredServer before = get(id);
            StoredServer after = change.apply(before);
            if (after.equals(before)) {
                return before;
            }
            try {
                return put(after);
            } catch (StudioException e) {
                if (e.code() != ErrorCode.ENTRY_CONFLICT) {
                    throw e;
                }
            }
        }
    }

    private void requireFreeName(String name, String id) {
        for (StoredServer other : list()) {
            if (!other.id().equals(id) && other.spec().name().equalsIgnoreCase(name)) {
                throw new StudioException(
                        ErrorCode.INVALID_NAME,
                        "There is an MCP server "
                                + StudioException.quote(other.spec().name()) + " already",
                        "Use another name, or change that one");
            }
        }
    }

    private StoredServer put(StoredServer server) {
        return servers.read(store.apply(List.of(change(server))).get(0));
    }

    private StoredServer put(EntryChange locking, StoredServer server) {
        return servers.read(store.apply(List.of(locking, change(server))).get(1));
    }

    private EntryChange change(StoredServer server) {
        return new EntryChange.Put(servers.key(server.id()), server.revision(), server.body(), Map.of());
    }

    public void delete(String id) {
        store.apply(EntryChange.delete(servers.key(get(id).id())));
    }

    public String seal(String id, Secret key) {
        return key.isEmpty() ? "" : vault.get().seal(tenant, purpose(id), key);
    }

    public Secret key(StoredServer server) {
        return server.sealedKey().isEmpty()
                ? Secret.of("")
                : vault.get().open(tenant, purpose(server.id()), server.sealedKey());
    }

    /** Has the vault seal all keys with its newest key; how many were sealed with an older one. */
    public int reseal() {
        int resealed = 0;
        for (StoredServer each : list()) {
            if (!each.sealedKey().isEmpty()) {
                String before = get(each.id()).sealedKey();
                StoredServer after = change(
                        each.id(),
                        server -> server.with(
                                server.spec(), vault.get().reseal(tenant, purpose(server.id()), server.sealedKey())));
                resealed += after.sealedKey().equals(before) ? 0 : 1;
            }
        }
        return resealed;
    }

    private static String purpose(String id) {
        return "mcp-server/" + id + "/key";
    }
}
