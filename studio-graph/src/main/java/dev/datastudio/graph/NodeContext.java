package dev.datastudio.graph;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.event.RunId;
import java.util.concurrent.Callable;

/**
 * Where one call of a node belongs, and what it may ask of the engine. Valid until the node returns; thread-safe.
 *
 * <p>In a run with a thread, {@link #step}, {@link #effect} and {@link #interrupt} are kept in the thread's log, so that a
 * node that is done again after a crash, a failed try or an answer repeats none of them. In a run without a thread they
 * hold for the tries of one task, and {@link #interrupt} is refused.
 */
public interface NodeContext {
    /** The run. */
    RunId run();

    /** On whose behalf the run happens. */
    Caller caller();

    /** The name of the node. */
    String node();

    /** The super-step, from 1. */
    int superStep();

    /** Which of the node's tasks in this step this is, from 0; above 0 only in a fan-out. */
    int task();

    /** Which try of the task this is, from 1. */
    int attempt();

    /** Set when the run is cancelled or another task of it fails; pass it on to whatever takes long. */
    Cancellation cancellation();

    /**
     * What the fan-out gave this task, or the {@link NodeFailure} that led here.
     *
     * @throws IllegalStateException if the node was reached by an edge, or the value is of another type
     */
    <T> T input(Class<T> type);

    /**
     * Does a part of the node's work once for this task: a later try, or the same task after a crash or an answer, gets
     * the value of the first time.
     *
     * @param name unique within the node, also across loops inside it
     * @param type class of the value, one that the graph can store
     * @param work gives the value, not null
     */
    <T> T step(String name, Class<T> type, Callable<T> work) throws Exception;

    /** As {@link #effect(String, Class, Uncertain, EffectFunction)} with {@link Uncertain#ASK}. */
    default <T> T effect(String key, Class<T> type, EffectFunction<T> work) throws Exception {
        return effect(key, type, Uncertain.ASK, work);
    }

    /**
     * Does something outside the state at most once for the whole thread, whichever node, try or process asks: the key is
     * claimed in the log before, and marked done with the result after. An effect that fails with an exception may be
     * tried again.
     *
     * @param key names the effect in the thread; put the item or the round into it when each shall have one
     * @param type class of the result, one that the graph can store
     * @param uncertain what to do about a claim that a dead process left behind
     * @param work does it and gives its result, not null
     */
    <T> T effect(String key, Class<T> type, Uncertain uncertain, EffectFunction<T> work) throws Exception;

    /**
     * Stops here until someone resumes the run with an answer, and gives the answer. The node is then done again from its
     * beginning; what went through {@link #step} and {@link #effect} before is not repeated.
     *
     * @param key unique within the node; several asked one after the other are answered one after the other
     * @param question shown to whoever answers; of a type that the graph can store
     * @param type class of the answer, one that the graph can store
     * @throws StudioException with code INVALID_ARGUMENT if the run has no thread
     */
    <T> T interrupt(String key, Object question, Class<T> type);

    /** Reports a piece of text of a streamed answer as a {@code TokenProduced} event. */
    void token(String text);

    /** Reports something of the node's own as a {@code Custom} event. */
    void emit(Object value);

    /**
     * Counts what was used against the run's budget.
     *
     * @param tokens of a model, at least 0
     * @param cost in the currency of the budget, at least 0
     * @throws StudioException with code BUDGET_EXCEEDED if that was too much; the run then ends
     */
    void spend(long tokens, double cost);
}
