package dev.datastudio.agents.mcp.internal;

import dev.datastudio.api.progress.Cancellation;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reaches the servers of one tenant, and keeps what they list. Thread-safe. */
public final class McpCaller {
    private final ServerStore servers;
    private final Connections connections;
    private final InstantSource clock;

    public McpCaller(ServerStore servers, Connections connections, InstantSource clock) {
        this.servers = servers;
        this.connections = connections;
        this.clock = clock;
    }

    String tenant() {
        return servers.tenant();
    }

    McpConnection connect(StoredServer server, Cancellation cancellation) {
        return connections.get(tenant(), server, servers.key(server), cancellation);
    }

    /** Ends the connection to a server. */
    public void forget(String server) {
        connections.forget(tenant(), server);
    }

    /** Asks a server what it offers by now, and keeps it. */
    public StoredServer refresh(StoredServer server, Cancellation cancellation) {
        McpConnection connection = connect(server, cancellation);
        connection.list(cancellation);
        return note(server, connection.definitions(cancellation));
    }

    /** Keeps what a server lists; what differs from what was approved waits for approval. */
    StoredServer note(StoredServer server, Map<String, Definition> listed) {
        return servers.change(server.id(), before -> {
            if (!before.connection().equals(server.connection())) {
                return before; // what was listed is of another place by now
            }
            List<PinnedTool> merged =
                    PinnedTool.merge(before.tools(), listed, before.checkedAt().isEmpty());
            return before.with(merged, Optional.of(clock.instant()));
        });
    }

    /** The tools of all active servers, the oldest server first, under names of which none is there twice. */
    public List<McpTool> tools() {
        Set<String> taken = new HashSet<>();
        List<McpTool> tools = new ArrayList<>();
        for (StoredServer server : servers.list()) {
            for (PinnedTool tool : server.tools()) {
                String name = McpNames.free(tool.shown().name(), server.spec().name(), taken);
                if (server.spec().active()) {
                    tools.add(new McpTool(this, server, tool, name));
                }
            }
        }
        return tools;
    }

    /** The names that models know the tools of a server by. */
    public Map<String, String> names(String id) {
        Set<String> taken = new HashSet<>();
        Map<String, String> names = new LinkedHashMap<>();
        for (StoredServer server : servers.list()) {
            for (PinnedTool tool : server.tools()) {
                String name = McpNames.free(tool.shown().name(), server.spec().name(), taken);
                if (server.id().equals(id)) {
                    names.put(tool.shown().name(), name);
                }
            }
        }
        return names;
    }
}
