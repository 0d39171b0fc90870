package dev.datastudio.graph.internal.log;

import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.Interrupt;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A thread as its log left it. Immutable.
 *
 * @param graph name of the graph that wrote it
 * @param version its version
 * @param shape hash of its nodes, edges and channels
 * @param status how it stood; RUNNING when the process died
 * @param loops by path; the graph's own under the empty one, and those of sub-graphs that had begun and not ended
 * @param memos parts of unfinished tasks, by task and then by name
 * @param effects by key; empty while claimed
 * @param interrupts that wait for an answer
 * @param answers by interrupt, of unfinished tasks
 * @param queued updates not yet applied
 * @param events sequence of the last event known
 */
public record SavedThread(
        String graph,
        int version,
        String shape,
        ThreadStatus status,
        Map<String, SavedLoop> loops,
        Map<TaskKey, Map<String, RawJson>> memos,
        Map<String, Optional<RawJson>> effects,
        List<Interrupt> interrupts,
        Map<String, RawJson> answers,
        List<Update> queued,
        Spent spent,
        long events) {
    public SavedThread {
        loops = Map.copyOf(loops);
        memos = Map.copyOf(memos);
        effects = Map.copyOf(effects);
        interrupts = List.copyOf(interrupts);
        answers = Map.copyOf(answers);
        queued = List.copyOf(queued);
    }

    /** A thread that nothing has happened in yet. */
    public static SavedThread empty(String graph, int version, String shape) {
        return new SavedThread(
                graph,
                version,
                shape,
                ThreadStatus.RUNNING,
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                Map.of(),
                List.of(),
                Spent.NOTHING,
                0);
    }

    /** As this, with other loops and effects. */
    public SavedThread with(Map<String, SavedLoop> otherLoops, Map<String, Optional<RawJson>> otherEffects) {
        return new SavedThread(
                graph,
                version,
                shape,
                status,
                otherLoops,
                memos,
                otherEffects,
                interrupts,
                answers,
                queued,
                spent,
                events);
    }

    /** As this, with other open interrupts and answers. */
    public SavedThread with(List<Interrupt> open, Map<String, RawJson> given) {
        return new SavedThread(
                graph, version, shape, status, loops, memos, effects, open, given, queued, spent, events);
    }

    /** As this, standing elsewhere; what is remembered of unfinished tasks that are no longer there does no harm. */
    public SavedThread with(Map<String, SavedLoop> otherLoops, List<Interrupt> open, ThreadStatus other) {
        return new SavedThread(
                graph, version, shape, other, otherLoops, memos, effects, open, answers, queued, spent, events);
    }
}
