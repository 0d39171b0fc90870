package dev.datastudio.agents.agent;

import dev.datastudio.agents.agent.AgentConfig.Origin;
import dev.datastudio.agents.agent.internal.AgentStore;
import dev.datastudio.agents.agent.internal.AgentStore.Kept;
import dev.datastudio.agents.agent.internal.BuiltInAgents;
import dev.datastudio.agents.agent.internal.SpecUse;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.core.activity.ActivityListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The agents of one organisation: those that come with the studio and the program, as they came or as the organisation
 * changed them, and its own. What another organisation changed or added is not there for this one. Thread-safe.
 *
 * <p>Who may change what everybody in the organisation uses is for the program to decide: here anybody of it may.
 */
public final class AgentConfigs {
    private static final String CHANGED = "changed";
    private static final String PROGRAM = "program";

    private final Caller caller;
    private final AgentStore kept;
    private final Map<String, AgentSpec> program;
    private final SpecUse use;
    private final ActivityListener listener;

    /** @param program what the program defined, by id */
    AgentConfigs(Studio studio, Caller caller, Map<String, AgentSpec> program) {
        this.caller = caller;
        this.kept = new AgentStore(studio.metadata(), caller.tenant());
        this.program = Map.copyOf(program);
        this.use = new SpecUse(studio, caller);
        this.listener = studio.activities();
    }

    /** All of them: the built-in ones, those of the program by id, the organisation's own by id. */
    public List<AgentConfig> list() {
        Map<String, Kept> changed = new LinkedHashMap<>();
        kept.list().stream()
                .sorted((a, b) -> a.spec().id().compareTo(b.spec().id()))
                .forEach(each -> changed.put(each.spec().id(), each));
        List<AgentConfig> all = new ArrayList<>();
        given().forEach((id, spec) -> all.add(config(id, Optional.ofNullable(changed.remove(id)))));
        changed.values().forEach(each -> all.add(config(each.spec().id(), Optional.of(each))));
        return List.copyOf(all);
    }

    /** The agent of an id. */
    public Optional<AgentConfig> find(String id) {
        Optional<Kept> changed = kept.find(id);
        return changed.isPresent() || given().containsKey(id) ? Optional.of(config(id, changed)) : Optional.empty();
    }

    /**
     * The agent of an id.
     *
     * @throws StudioException {@link ErrorCode#ENTRY_NOT_FOUND} that names those there are
     */
    public AgentConfig get(String id) {
        return find(id).orElseThrow(() -> new StudioException(
                ErrorCode.ENTRY_NOT_FOUND,
                "There is no agent " + StudioException.quote(id),
                "Use one of " + list().stream().map(AgentConfig::id).toList()));
    }

    /**
     * Adds an agent of the organisation's own.
     *
     * @throws StudioException {@link ErrorCode#INVALID_NAME} when there is an agent of that id,
     *     {@link ErrorCode#INVALID_ARGUMENT} when it names a tool or a model that is not there
     */
    public AgentConfig create(AgentSpec spec) {
        return listener.watching(
                activity("agent.create", spec.id()),
                () -> {
                    if (find(spec.id()).isPresent()) {
                        throw taken(spec.id());
                    }
                    use.require(spec, List.of());
                    return config(spec.id(), Optional.of(inserted(spec)));
                },
                (activity, config) -> activity);
    }

    private Kept inserted(AgentSpec spec) {
        try {
            return kept.insert(spec);
        } catch (StudioException e) {
            throw e.code() == ErrorCode.ENTRY_CONFLICT ? taken(spec.id()) : e;
        }
    }

    private static StudioException taken(String id) {
        return new StudioException(
                ErrorCode.INVALID_NAME,
                "There is an agent " + StudioException.quote(id) + " already",
                "Change that one, or take another id");
    }

    /**
     * Changes an agent: its title, description, instructions, tools, model, temperature, limits.
     *
     * @param revision the {@link AgentConfig#revision()} that the change is made to
     * @param spec with the id of the agent to be changed
     * @throws StudioException {@link ErrorCode#ENTRY_CONFLICT} when somebody else changed it first,
     *     {@link ErrorCode#ENTRY_NOT_FOUND}, and as {@link #create}
     */
    public AgentConfig update(long revision, AgentSpec spec) {
        return listener.watching(
                activity("agent.update", spec.id()),
                () -> {
                    AgentConfig before = get(spec.id());
                    use.require(spec, before.spec().tools());
                    Kept after = revision == 0 ? kept.insert(spec) : kept.update(spec, revision);
                    return config(spec.id(), Optional.of(after));
                },
                (activity, config) -> activity.with("revision", config.revision()));
    }

    /**
     * Takes back what the organisation changed of an agent that came with the studio or the program, and forgets one of
     * its own.
     *
     * @throws StudioException {@link ErrorCode#ENTRY_NOT_FOUND}
     */
    public void reset(String id) {
        listener.watching(
                activity("agent.reset", id),
                () -> {
                    if (get(id).revision() > 0) {
                        kept.delete(id);
                    }
                    return id;
                },
                (activity, done) -> activity);
    }

    private Map<String, AgentSpec> given() {
        Map<String, AgentSpec> given = new LinkedHashMap<>(BuiltInAgents.SPECS);
        program.values().stream()
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .forEach(spec -> given.put(spec.id(), spec));
        return given;
    }

    /** @param changed what is kept of an agent that came with the studio or the program, or the organisation's own */
    private AgentConfig config(String id, Optional<Kept> changed) {
        Optional<AgentSpec> given = Optional.ofNullable(given().get(id));
        AgentSpec spec = changed.map(Kept::spec).or(() -> given).orElseThrow();
        boolean isGivenWording = given.map(AgentSpec::instructions).equals(Optional.of(spec.instructions()));
        return new AgentConfig(
                spec,
                origin(id),
                isGivenWording ? BuiltInAgents.version(id).orElse(PROGRAM) : CHANGED,
                changed.map(Kept::revision).orElse(0L));
    }

    private Origin origin(String id) {
        if (program.containsKey(id)) {
            return Origin.PROGRAM;
        }
        return BuiltInAgents.SPECS.containsKey(id) ? Origin.BUILT_IN : Origin.ORGANISATION;
    }

    private Activity activity(String action, String id) {
        return Activity.of(caller, action).about(id);
    }
}
