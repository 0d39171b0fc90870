package dev.datastudio.agents.agent;

import dev.datastudio.agents.agent.internal.AgentRuns;
import dev.datastudio.agents.agent.internal.BuiltInAgents;
import dev.datastudio.agents.tool.Approval;
import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.core.Studio;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Runs agents: the built-in ones, those that the program defines, and those of an organisation.
 *
 * <p>An agent works with the model of its configuration, or with the active one. Without any, the built-in planner
 * answers as far as it can, and says so when it can't; in place of a model that fails, nothing answers. Thread-safe.
 */
public final class Agents {
    private final Shared shared;
    private final Caller caller;

    private Agents(Shared shared, Caller caller) {
        this.shared = shared;
        this.caller = caller;
    }

    /** What the views of all callers have in common. */
    private record Shared(Studio studio, AgentRuns runs, ConcurrentMap<String, Defined> defined) {}

    private record Defined(AgentSpec spec, List<Tool> tools) {}

    /** The agents of a studio, for its own caller; runs that are kept lie in its workspace. */
    public static Agents of(Studio studio) {
        return studio.feature(
                Agents.class,
                any -> new Agents(
                        new Shared(any, AgentRuns.inWorkspace(any), new ConcurrentHashMap<>()), any.caller()));
    }

    /**
     * As {@link #of(Studio)}, keeping runs in a store of the program's, such as one that several machines share. Each call
     * makes agents of its own, which last as long as the studio: call it once.
     *
     * @param store stays open
     */
    public static Agents of(Studio studio, CheckpointStore store) {
        return new Agents(
                new Shared(
                        studio,
                        AgentRuns.over(studio, Objects.requireNonNull(store, "store")),
                        new ConcurrentHashMap<>()),
                studio.caller());
    }

    /** The same for another caller, such as the user of a request. */
    public Agents as(Caller other) {
        return new Agents(shared, Objects.requireNonNull(other, "other"));
    }

    /**
     * Adds an agent of the program's own for the callers of all organisations, as long as the studio is open; defined
     * again, it is replaced.
     *
     * @param tools it has besides those that it names, and that no other agent has; see
     *     {@link dev.datastudio.agents.tool.Tools}
     * @return this
     * @throws StudioException {@link ErrorCode#INVALID_NAME} when it has the id of a built-in agent
     */
    public Agents define(AgentSpec spec, List<Tool> tools) {
        if (BuiltInAgents.SPECS.containsKey(spec.id())) {
            throw new StudioException(
                    ErrorCode.INVALID_NAME,
                    "There is a built-in agent " + StudioException.quote(spec.id()),
                    "Take another id, or change that one by configs().update(...)");
        }
        shared.defined().put(spec.id(), new Defined(spec, List.copyOf(tools)));
        return this;
    }

    /** Which agents there are for this caller, and what its organisation changed of them. */
    public AgentConfigs configs() {
        Map<String, AgentSpec> program = new HashMap<>();
        shared.defined().forEach((id, defined) -> program.put(id, defined.spec()));
        return new AgentConfigs(shared.studio(), caller, program);
    }

    /** As {@link #run(AgentTask, AgentListener, Cancellation)}, without listening. */
    public AgentReply run(AgentTask task) {
        return run(task, AgentListener.NONE, Cancellation.none());
    }

    /**
     * Runs an agent and waits for its answer. A model that fails, a limit that is reached and a cancellation give a reply
     * of that {@link AgentReply.Status}, with what there is until then, and no exception.
     *
     * @param listener told of everything as it happens
     * @param cancellation ends the run: within moments the connection to the model is cut and tools are left
     * @throws StudioException {@link ErrorCode#ENTRY_NOT_FOUND} when there is no such agent,
     *     {@link ErrorCode#SOURCE_NOT_FOUND} for a source that is not the caller's, {@link ErrorCode#THREAD_EXISTS} when
     *     there is a run of that id, {@link ErrorCode#QUOTA_EXCEEDED} when no more questions may be asked,
     *     {@link ErrorCode#CANCELLED} when the studio is closed meanwhile, or a failure of a store
     */
    public AgentReply run(AgentTask task, AgentListener listener, Cancellation cancellation) {
        return run(configs().get(task.agent()).spec(), task, listener, cancellation);
    }

    /**
     * As {@link #run(AgentTask, AgentListener, Cancellation)}, of an agent as it is given here instead of as it is
     * configured, such as with another model for once.
     *
     * @param spec with the id of the task's agent
     */
    public AgentReply run(AgentSpec spec, AgentTask task, AgentListener listener, Cancellation cancellation) {
        return shared.runs().run(spec, task, frame(tools(spec.id()), task.approval(), listener, cancellation));
    }

    /**
     * Goes on with a run that is kept and was cut off by the end of its process, at the step where it was; finished calls
     * of tools are not repeated. Of a run that has ended it gives the reply again.
     *
     * @param run the {@link AgentTask#run()}
     * @param approval decides about tools that do more than read
     * @throws StudioException {@link ErrorCode#THREAD_NOT_FOUND} when this caller has no such run;
     *     {@link ErrorCode#THREAD_BUSY} when it goes on elsewhere, which is known up to 30 seconds after a process died;
     *     and as {@link #run(AgentTask, AgentListener, Cancellation)}
     */
    public AgentReply resume(String run, Approval approval, AgentListener listener, Cancellation cancellation) {
        return shared.runs().resume(run, this::tools, frame(List.of(), approval, listener, cancellation));
    }

    /** The ids of this caller's runs that are kept, have not ended, and that nobody works on: to be resumed. */
    public List<String> unfinished() {
        return shared.runs().unfinished(caller);
    }

    /**
     * Forgets a run of this caller that is kept; one that nothing happened to for a week is forgotten anyway.
     *
     * @return whether there was one
     * @throws StudioException {@link ErrorCode#THREAD_BUSY} when it goes on
     */
    public boolean forget(String run) {
        return shared.runs().forget(caller, run);
    }

    /**
     * Forgets all runs of this caller, as when a user goes; agents stay.
     *
     * @return how many there were
     * @throws StudioException {@link ErrorCode#THREAD_BUSY} when one goes on
     */
    public int forgetAll() {
        return shared.runs().forgetAll(caller);
    }

    /**
     * Forgets all runs in the tenant of this caller, as when it goes; one that goes on can't be resumed.
     *
     * @return how many there were
     */
    public int forgetTenant() {
        return shared.runs().forgetTenant(caller.tenant());
    }

    /**
     * Forgets runs of everybody in the tenant of this caller to which nothing happened since a time; one that goes on stays.
     *
     * @return how many there were
     */
    public int forgetOlder(Instant before) {
        return shared.runs().forgetOlder(caller, before);
    }

    private List<Tool> tools(String agent) {
        Defined defined = shared.defined().get(agent);
        return defined == null ? List.of() : defined.tools();
    }

    private AgentRuns.Frame frame(
            List<Tool> tools, Approval approval, AgentListener listener, Cancellation cancellation) {
        return new AgentRuns.Frame(caller, tools, approval, listener, cancellation);
    }
}
