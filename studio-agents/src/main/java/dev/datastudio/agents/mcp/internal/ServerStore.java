package dev.datastudio.agents.mcp.internal;

import dev.datastudio.agents.mcp.McpServerSpec;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.secret.SecretVault;
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

    /** @param vault asked for when a key is sealed or opened: listing servers needs none */
    public ServerStore(MetadataStore store, Supplier<SecretVault> vault, String tenant) {
        this.store = store;
        this.vault = vault;
        this.tenant = tenant;
        this.servers = new EntryCollection<>(store, tenant, "mcp-server", StoredServer::read);
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
        if (list().size() >= MAX_SERVERS) {
            throw new StudioException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "There are " + MAX_SERVERS + " MCP servers, as many as an organisation may have",
                    "Delete one first");
        }
        String id = UUID.randomUUID().toString();
        requireFreeName(spec.name(), id);
        return put(new StoredServer(id, EntryChange.ABSENT, spec, seal(id, key), List.of(), Optional.empty()));
    }

    /** Changes one that is there in a revision. */
    public StoredServer update(String id, long revision, UnaryOperator<StoredServer> change) {
        StoredServer before = get(id);
        StoredServer after = change.apply(before);
        requireFreeName(after.spec().name(), id);
        return put(new StoredServer(id, revision, after.spec(), after.sealedKey(), after.tools(), after.checkedAt()));
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
        EntryChange put = new EntryChange.Put(servers.key(server.id()), server.revision(), server.body(), Map.of());
        return store.apply(put)
                .map(servers::read)
                .orElseThrow(() -> new IllegalStateException("What was put is given back"));
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

    private static String purpose(String id) {
        return "mcp-server/" + id + "/key";
    }
}
