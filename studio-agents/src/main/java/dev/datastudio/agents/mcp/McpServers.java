package dev.datastudio.agents.mcp;

import dev.datastudio.agents.mcp.internal.Connections;
import dev.datastudio.agents.mcp.internal.McpCaller;
import dev.datastudio.agents.mcp.internal.Reach;
import dev.datastudio.agents.mcp.internal.ServerStore;
import dev.datastudio.agents.mcp.internal.StoredServer;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.core.Studio;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.core.activity.ActivityListener.Work;
import dev.datastudio.core.fetch.UrlGuard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The MCP servers of an organisation, and their tools.
 *
 * <pre>{@code
 * McpServers servers = McpServers.of(studio);
 * McpServer server = servers.create(McpServerSpec.of("DataTools", "https://tools.example.org/mcp"), Secret.of(key));
 * servers.refresh(server.id(), Cancellation.none()).tools().forEach(tool -> System.out.println(tool.tool()));
 * }</pre>
 *
 * <p>Keys are sealed with the studio's vault and never given out. Tools appear as {@code mcp_NAME}, with the server's name
 * before their description; when an older server has a tool of that name, as {@code mcp_SERVER_NAME}. What is listed first is taken
 * as approved; a tool whose definition changes, or that is added later, must not be called until {@link #approve}. A
 * server that fails takes no other one with it. Thread-safe.
 */
public final class McpServers {
    private final Studio studio;
    private final Reach reach;
    private final Connections connections;
    private final Caller caller;
    private final ServerStore store;
    private final McpCaller servers;

    private McpServers(Studio studio, Reach reach, Connections connections, Caller caller) {
        this.studio = studio;
        this.reach = reach;
        this.connections = connections;
        this.caller = caller;
        this.store = new ServerStore(studio.metadata(), studio::vault, caller.tenant());
        this.servers = new McpCaller(store, connections, studio.clock());
    }

    /** The servers of a studio: public addresses only, and no programs, unless a builder made them before. */
    public static McpServers of(Studio studio) {
        return studio.feature(McpServers.class, any -> builder(any).make());
    }

    /** To say what may be reached, before {@link #of} is first called for the studio. */
    public static Builder builder(Studio studio) {
        return new Builder(studio);
    }

    /** Says what may be reached. For the host program's own configuration. Not thread-safe. */
    public static final class Builder {
        private final Studio studio;
        private final Map<String, McpProgram> programs = new HashMap<>();
        private UrlGuard guard = UrlGuard.DEFAULT;

        private Builder(Studio studio) {
            this.studio = Objects.requireNonNull(studio, "studio");
        }

        /** Which addresses may be reached; {@link UrlGuard#DEFAULT}, those of the public internet, unless told. */
        public Builder guard(UrlGuard value) {
            guard = Objects.requireNonNull(value, "guard");
            return this;
        }

        /** Offers a program, which a server names as {@code program:NAME}; none unless told. */
        public Builder program(String name, McpProgram program) {
            programs.put(name, Objects.requireNonNull(program, "program"));
            return this;
        }

        /**
         * The servers, which {@link McpServers#of} gives from now on.
         *
         * @throws IllegalStateException if the studio has its servers already
         */
        public McpServers build() {
            boolean[] made = {false};
            McpServers servers = studio.feature(McpServers.class, any -> {
                made[0] = true;
                return make();
            });
            if (!made[0]) {
                throw new IllegalStateException(
                        "The studio has its MCP servers already; build them before McpServers.of");
            }
            return servers;
        }

        private McpServers make() {
            Reach reach = new Reach(guard, programs);
            Connections connections = studio.closing(new Connections(reach, studio.clock()));
            return new McpServers(studio, reach, connections, studio.caller());
        }
    }

    /** The same for another caller, such as the user of a request. */
    public McpServers as(Caller other) {
        return new McpServers(studio, reach, connections, other);
    }

    /**
     * Keeps a new server; it is not connected yet, so its tools are there after {@link #refresh}.
     *
     * @param apiKey sent as a bearer token to this server only; empty for none
     * @throws StudioException with {@link ErrorCode#INVALID_NAME} when the name is taken, {@link ErrorCode#URL_REFUSED}
     *     when the address must not be reached or the key would be sent unencrypted, {@link ErrorCode#URL_UNREACHABLE},
     *     {@link ErrorCode#ENTRY_NOT_FOUND} for a program that the host does not offer
     */
    public McpServer create(McpServerSpec spec, Secret apiKey) {
        return watching("mcp.create", spec.name(), () -> {
            reach.check(spec, !apiKey.isEmpty());
            return store.insert(spec, apiKey);
        });
    }

    /** All servers, the oldest first. */
    public List<McpServer> list() {
        return store.list().stream().map(this::shown).toList();
    }

    /**
     * The server of an id.
     *
     * @throws StudioException with {@link ErrorCode#ENTRY_NOT_FOUND} when this organisation has none of that id
     */
    public McpServer get(String id) {
        return shown(store.get(id));
    }

    /**
     * Changes a server and leaves its key. Its address can't be changed that way when it has one: whoever may change a
     * server could otherwise have the key sent to a server of their own.
     *
     * @param revision the {@link McpServer#revision()} that the change is made to
     * @throws StudioException as {@link #create}, and {@link ErrorCode#INVALID_ARGUMENT} when the address differs,
     *     {@link ErrorCode#ENTRY_CONFLICT} when somebody else changed it first
     */
    public McpServer update(String id, long revision, McpServerSpec spec) {
        return watching("mcp.update", spec.name(), () -> {
            StoredServer before = store.get(id);
            if (!before.sealedKey().isEmpty() && !before.spec().endpointUrl().equals(spec.endpointUrl())) {
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "The MCP server " + StudioException.quote(before.spec().name())
                                + " would send its key elsewhere than before",
                        "Give the key again together with the new address");
            }
            reach.check(spec, !before.sealedKey().isEmpty());
            return changed(id, revision, spec, before.sealedKey());
        });
    }

    /**
     * Changes a server and its key.
     *
     * @param apiKey empty to have none
     * @throws StudioException as {@link #create}, and {@link ErrorCode#ENTRY_CONFLICT} when somebody else changed it
     *     first
     */
    public McpServer update(String id, long revision, McpServerSpec spec, Secret apiKey) {
        return watching("mcp.update", spec.name(), () -> {
            reach.check(spec, !apiKey.isEmpty());
            return changed(id, revision, spec, store.seal(id, apiKey));
        });
    }

    /** At another address the tools are other ones, whatever they are called. */
    private StoredServer changed(String id, long revision, McpServerSpec spec, String sealedKey) {
        StoredServer changed = store.update(id, revision, before -> {
            boolean moved = !before.spec().endpointUrl().equals(spec.endpointUrl());
            return (moved ? before.with(List.of(), Optional.empty()) : before).with(spec, sealedKey);
        });
        servers.forget(id);
        return changed;
    }

    /**
     * Forgets a server and its tools, and ends its connection.
     *
     * @throws StudioException with {@link ErrorCode#ENTRY_NOT_FOUND}
     */
    public void delete(String id) {
        watching("mcp.delete", id, () -> {
            StoredServer before = store.get(id);
            store.delete(id);
            servers.forget(id);
            return before;
        });
    }

    /**
     * Has the vault seal the keys of the organisation with its newest key, after a change of keys.
     *
     * @return how many were sealed with an older one
     * @throws StudioException with {@link ErrorCode#SECRET_UNREADABLE} when the vault can't open one; those before it are
     *     sealed anew
     */
    public int resealKeys() {
        return studio.activities()
                .watching(
                        Activity.of(caller, "mcp.reseal"),
                        store::reseal,
                        (activity, count) -> activity.with("resealed", count));
    }

    /**
     * Asks a server for its tools, connecting to it first when it is not connected. The first time all are approved;
     * later, what was added or changed waits for {@link #approve}.
     *
     * @throws StudioException with {@link ErrorCode#TOOL_SERVER_FAILED}: not reached, key refused, no such protocol;
     *     {@link ErrorCode#URL_REFUSED}, {@link ErrorCode#CANCELLED}, {@link ErrorCode#ENTRY_NOT_FOUND}
     */
    public McpServer refresh(String id, Cancellation cancellation) {
        return watching("mcp.refresh", id, () -> servers.refresh(store.get(id), cancellation));
    }

    /**
     * Approves the newest definition of a tool, as somebody has seen it.
     *
     * @param seen with the hash of the definition that is approved
     * @throws StudioException with {@link ErrorCode#ENTRY_CONFLICT} when it changed again or is gone,
     *     {@link ErrorCode#ENTRY_NOT_FOUND}
     */
    public McpServer approve(String id, McpServerTool seen) {
        return watching(
                "mcp.approve",
                seen.tool(),
                () -> store.change(id, before -> {
                    boolean there = before.tools().stream()
                            .anyMatch(tool -> tool.newest().hash().equals(seen.hash()));
                    if (!there) {
                        throw new StudioException(
                                ErrorCode.ENTRY_CONFLICT,
                                "The tool " + StudioException.quote(seen.name())
                                        + " is not what it was when you looked",
                                "Look at it again, and approve what you see then");
                    }
                    return before.approving(seen.hash());
                }));
    }

    /** The tools of the active servers, for agents; also those that wait for approval, which say so. */
    public List<Tool> tools() {
        return List.copyOf(servers.tools());
    }

    private McpServer watching(String action, String subject, Work<StoredServer, RuntimeException> work) {
        return shown(studio.activities()
                .watching(
                        Activity.of(caller, action).about(subject),
                        work,
                        (activity, server) -> activity.about(server.id())
                                .with("name", server.spec().name())));
    }

    private McpServer shown(StoredServer server) {
        Map<String, String> names = servers.names(server.id());
        List<McpServerTool> tools = server.tools().stream()
                .map(tool -> tool.shownAs(
                        names.getOrDefault(tool.shown().name(), tool.shown().name())))
                .toList();
        return new McpServer(
                server.id(),
                server.revision(),
                server.spec(),
                !server.sealedKey().isEmpty(),
                tools,
                server.checkedAt());
    }
}
