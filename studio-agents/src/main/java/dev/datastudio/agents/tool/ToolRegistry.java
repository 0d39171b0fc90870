package dev.datastudio.agents.tool;

import dev.datastudio.agents.tool.internal.ToolNames;
import dev.datastudio.agents.tool.internal.ToolSettings;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.core.Studio;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.core.tool.ToolProvider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The tools that a caller has: those of the studio, of every {@link ToolProvider} on the class path (documents, the
 * tools of MCP servers), and those that the program registers. A tenant can switch each of them off; that is kept in
 * the studio.
 *
 * <p>Names are unique; a second tool of a name is refused, whoever brings it. Thread-safe.
 */
public final class ToolRegistry {
    /** Who brought a tool that the program registered. */
    public static final String PROGRAM = "program";

    private final Shared shared;
    private final Caller caller;
    private final @Nullable Set<String> only;
    private final List<Tool> own;

    private ToolRegistry(Shared shared, Caller caller, @Nullable Set<String> only, List<Tool> own) {
        this.shared = shared;
        this.caller = caller;
        this.only = only;
        this.own = own;
    }

    /** What the views of all callers have in common. */
    private record Shared(
            Studio studio,
            List<ToolProvider> providers,
            ConcurrentMap<Owned, Tool> registered,
            List<ToolListener> listeners) {
        private Shared(Studio studio, List<ToolProvider> providers) {
            this(studio, List.copyOf(providers), new ConcurrentHashMap<>(), new CopyOnWriteArrayList<>());
        }
    }

    /** A name within a tenant, or for all when the tenant is empty. */
    private record Owned(String tenant, String name) {}

    /**
     * The registry of a studio with everything that is on the class path, for the studio's own caller.
     *
     * @throws StudioException with {@link ErrorCode#DEPENDENCY_MISSING} when a provider can't be loaded
     */
    public static ToolRegistry of(Studio studio) {
        return studio.feature(ToolRegistry.class, any -> of(any, found()));
    }

    /** A registry of its own with exactly these providers. */
    public static ToolRegistry of(Studio studio, List<ToolProvider> providers) {
        return new ToolRegistry(
                new Shared(Objects.requireNonNull(studio, "studio"), providers), studio.caller(), null, List.of());
    }

    private static List<ToolProvider> found() {
        try {
            return ServiceLoader.load(ToolProvider.class, ToolRegistry.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .sorted(Comparator.comparing(ToolProvider::name))
                    .toList();
        } catch (ServiceConfigurationError e) {
            throw new StudioException(
                    ErrorCode.DEPENDENCY_MISSING,
                    "A provider of tools can't be loaded: " + StudioException.quote(e.getMessage()),
                    "Add the library that it needs, or take its jar off the class path",
                    e);
        }
    }

    /** The same for another caller, such as the user of a request. */
    public ToolRegistry as(Caller other) {
        return new ToolRegistry(shared, Objects.requireNonNull(other, "other"), only, own);
    }

    /**
     * The same with these tools at most: what one agent may use. Nobody who holds the narrower registry gets at more.
     *
     * @param names of tools, also of some that are not there
     */
    public ToolRegistry only(Collection<String> names) {
        Set<String> narrowed = Set.copyOf(names);
        return new ToolRegistry(
                shared,
                caller,
                only == null
                        ? narrowed
                        : Set.copyOf(narrowed.stream().filter(only::contains).toList()),
                own);
    }

    /**
     * The same with more tools, which nobody but the holder of that registry gets at. Names are checked as by
     * {@link #register(Tool)}; one that is taken by another tool is refused when tools are listed.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_NAME}
     */
    public ToolRegistry with(List<Tool> more) {
        List<Tool> all = new ArrayList<>(own);
        all.addAll(more);
        all.forEach(tool -> ToolNames.requireOwn(tool.name()));
        return new ToolRegistry(shared, caller, only, List.copyOf(all));
    }

    /** On whose behalf. */
    public Caller caller() {
        return caller;
    }

    Studio studio() {
        return shared.studio();
    }

    /** The providers that bring tools, by name. */
    public List<ToolProvider> providers() {
        return shared.providers();
    }

    /**
     * Adds a tool for the callers of all tenants, as long as the studio is open.
     *
     * @return this
     * @throws StudioException with {@link ErrorCode#INVALID_NAME} when the name breaks the rule of {@link Tool#name()},
     *     begins with {@code mcp_}, which names the tools of MCP servers, or is taken
     */
    public ToolRegistry register(Tool tool) {
        return register("", tool);
    }

    /** As {@link #register(Tool)}, for the callers of this caller's tenant only. */
    public ToolRegistry registerForTenant(Tool tool) {
        return register(caller.tenant(), tool);
    }

    /**
     * Has the calls of all callers told to a listener, whichever runner runs them, as long as the studio is open.
     *
     * @return this
     */
    public ToolRegistry listen(ToolListener listener) {
        shared.listeners().add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /** Tells who listens to all calls. */
    void tell(ToolEvent event) {
        shared.listeners().forEach(listener -> listener.onEvent(event));
    }

    private ToolRegistry register(String tenant, Tool tool) {
        String name = ToolNames.requireOwn(tool.name());
        synchronized (shared.registered()) {
            ToolRegistry all = new ToolRegistry(shared, caller, null, List.of());
            Optional<String> taken = all.find(name).map(RegisteredTool::provider);
            boolean elsewhere = tenant.isEmpty()
                    && shared.registered().keySet().stream()
                            .anyMatch(owned -> owned.name().equals(name));
            if (taken.isPresent() || elsewhere) {
                throw twice(name, taken.orElse(PROGRAM), PROGRAM);
            }
            shared.registered().put(new Owned(tenant, name), tool);
        }
        return this;
    }

    private static StudioException twice(String name, String first, String second) {
        return new StudioException(
                ErrorCode.INVALID_NAME,
                "There are two tools " + StudioException.quote(name) + ", of " + StudioException.quote(first)
                        + " and of " + StudioException.quote(second),
                "Rename one of them, or leave one of the two out");
    }

    /**
     * All tools of this caller, also those that are switched off, by provider and in its order.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_NAME} when two providers bring tools of one name, or one
     *     brings a tool whose name breaks the rule
     */
    public List<RegisteredTool> list() {
        Map<String, RegisteredTool> tools = new LinkedHashMap<>();
        Set<String> off = settings().disabled();
        registered().forEach(tool -> add(tools, tool, PROGRAM, off));
        own.forEach(tool -> add(tools, tool, PROGRAM, off));
        for (ToolProvider provider : shared.providers()) {
            if (provider.unavailable(shared.studio()).isEmpty()) {
                provider.tools(shared.studio(), caller).forEach(tool -> add(tools, tool, provider.name(), off));
            }
        }
        return List.copyOf(tools.values());
    }

    private List<Tool> registered() {
        return shared.registered().entrySet().stream()
                .filter(entry ->
                        Set.of("", caller.tenant()).contains(entry.getKey().tenant()))
                .map(Map.Entry::getValue)
                .sorted(Comparator.comparing(Tool::name))
                .toList();
    }

    private void add(Map<String, RegisteredTool> tools, Tool tool, String provider, Set<String> off) {
        String name = ToolNames.require(tool.name());
        RegisteredTool before = tools.get(name);
        if (before != null) {
            throw twice(name, before.provider(), provider);
        }
        if (only == null || only.contains(name)) {
            Optional<String> disabled = off.contains(name)
                    ? Optional.of("It is switched off for this organisation. Switch it on to use it.")
                    : tool.disabled();
            tools.put(name, new RegisteredTool(tool, provider, disabled));
        }
    }

    /** The tools that may be called: what a model is shown. */
    public List<Tool> enabled() {
        return list().stream()
                .filter(RegisteredTool::isEnabled)
                .map(RegisteredTool::tool)
                .toList();
    }

    /** The tool of a name, also when it is switched off. */
    public Optional<RegisteredTool> find(String name) {
        return list().stream().filter(each -> each.tool().name().equals(name)).findFirst();
    }

    /**
     * The tool of a name, to be called.
     *
     * @throws StudioException with {@link ErrorCode#TOOL_NOT_FOUND} and the nearest names, or
     *     {@link ErrorCode#TOOL_REFUSED} and why it is switched off
     */
    public Tool get(String name) {
        List<RegisteredTool> tools = list();
        RegisteredTool found = tools.stream()
                .filter(each -> each.tool().name().equals(name))
                .findFirst()
                .orElseThrow(() -> ToolNames.unknown(name, enabledNames(tools)));
        found.disabled().ifPresent(why -> {
            throw new StudioException(
                    ErrorCode.TOOL_REFUSED, "The tool " + StudioException.quote(name) + " must not be called", why);
        });
        return found.tool();
    }

    private static List<String> enabledNames(List<RegisteredTool> tools) {
        List<String> names = new ArrayList<>();
        tools.stream()
                .filter(RegisteredTool::isEnabled)
                .forEach(each -> names.add(each.tool().name()));
        return names;
    }

    /**
     * Switches a tool off for this caller's tenant, until {@link #enable}. Does nothing when it is off.
     *
     * @throws StudioException with {@link ErrorCode#TOOL_NOT_FOUND}
     */
    public void disable(String name) {
        change(name, "tool.disable", () -> settings().disable(name));
    }

    /**
     * Switches a tool on again. What the tool itself says, such as that its definition changed, still holds.
     *
     * @throws StudioException with {@link ErrorCode#TOOL_NOT_FOUND}
     */
    public void enable(String name) {
        change(name, "tool.enable", () -> settings().enable(name));
    }

    private void change(String name, String action, Runnable change) {
        if (find(name).isEmpty()) {
            throw ToolNames.unknown(name, enabledNames(list()));
        }
        shared.studio()
                .activities()
                .watching(
                        Activity.of(caller, action).about(name),
                        () -> {
                            change.run();
                            return name;
                        },
                        (activity, done) -> activity);
    }

    private ToolSettings settings() {
        return new ToolSettings(shared.studio().metadata(), caller);
    }
}
