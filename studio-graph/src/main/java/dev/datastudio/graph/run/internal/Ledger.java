package dev.datastudio.graph.run.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.EffectFunction;
import dev.datastudio.graph.Uncertain;
import dev.datastudio.graph.event.Interrupt;
import dev.datastudio.graph.internal.log.LogRecord.EffectClaimed;
import dev.datastudio.graph.internal.log.LogRecord.EffectDone;
import dev.datastudio.graph.internal.log.LogRecord.EffectReleased;
import dev.datastudio.graph.internal.log.LogRecord.Memo;
import dev.datastudio.graph.internal.log.RawJson;
import dev.datastudio.graph.internal.log.SavedThread;
import dev.datastudio.graph.internal.log.TaskKey;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes of a run have done that must not be done again: parts of unfinished tasks, effects and answers. With a
 * journal it begins with what the thread's log says and writes on there; without one it holds live values for the run.
 *
 * <p>An effect is claimed in the log before it is performed and marked done after, each stored before the next thing
 * happens. A claim that this process did not make itself was left by one that died in between: nobody knows whether the
 * effect happened, and the node's {@link Uncertain} decides. Thread-safe.
 */
final class Ledger {
    private final @Nullable Journal journal;
    private final Map<TaskKey, Map<String, Object>> memos = new ConcurrentHashMap<>();
    private final Map<String, Effect> effects = new ConcurrentHashMap<>();
    private final Map<String, RawJson> answers = new ConcurrentHashMap<>();

    Ledger() {
        this.journal = null;
    }

    Ledger(Journal journal, SavedThread saved) {
        this.journal = journal;
        saved.memos().forEach((task, values) -> memos.put(task, new ConcurrentHashMap<>(values)));
        saved.effects().forEach((key, value) -> effects.put(key, new Effect(value)));
        answers.putAll(saved.answers());
    }

    /** Forgets what belongs to the tasks of a super-step that was done, those of its sub-graphs included. */
    void stepDone(String path, int step) {
        if (!memos.isEmpty()) {
            memos.keySet().removeIf(task -> TaskPath.isWithin(task.path(), task.step(), path, step));
        }
        if (!answers.isEmpty()) {
            answers.keySet().removeIf(id -> TaskPath.isWithin(id, path, step));
        }
    }

    /** Forgets what belongs to a task that was done while others of its step were not, and to its sub-graph. */
    void taskDone(String task) {
        if (!memos.isEmpty()) {
            memos.keySet().removeIf(each -> TaskPath.isOf(each.innerPath(), task));
        }
        if (!answers.isEmpty()) {
            answers.keySet().removeIf(id -> TaskPath.isOf(id, task));
        }
    }

    <T> T step(TaskKey task, String name, Class<T> type, Callable<T> work) throws Exception {
        Map<String, Object> known = memos.computeIfAbsent(task, key -> new ConcurrentHashMap<>());
        Object value = known.get(name);
        if (value != null) {
            return typed(value, type);
        }
        T made = given(work.call(), "step '" + name + "'");
        if (journal == null) {
            known.put(name, made);
        } else {
            RawJson raw = journal.codec().raw(made);
            known.put(name, raw);
            journal.write(new Memo(task, name, raw));
        }
        return made;
    }

    /** @param ask what to wait for, should a person have to decide */
    <T> T effect(String key, Class<T> type, Uncertain uncertain, EffectFunction<T> work, Interrupt ask)
            throws Exception {
        Effect effect = effects.computeIfAbsent(key, k -> new Effect());
        effect.lock.lockInterruptibly();
        try {
            if (effect.isClaimed && effect.value == null) {
                settle(key, effect, uncertain, ask);
            }
            Object done = effect.value;
            return done != null ? typed(done, type) : perform(key, effect, work);
        } finally {
            effect.lock.unlock();
        }
    }

    /**
     * Undoes a task, unless it was undone before; gives whether it was now. Undoing that was cut off is repeated.
     *
     * @throws Exception as the work, or when the log can't say it
     */
    boolean undo(String key, Undoing work) throws Exception {
        Effect effect = effects.computeIfAbsent(key, k -> new Effect());
        effect.lock.lock();
        try {
            if (effect.value != null) {
                return false;
            }
            perform(key, effect, idempotencyKey -> {
                work.undo();
                return true;
            });
            return true;
        } finally {
            effect.lock.unlock();
        }
    }

    /** What undoes a task. */
    @FunctionalInterface
    interface Undoing {
        void undo() throws Exception;
    }

    /** Someone claimed it and died. */
    private void settle(String key, Effect effect, Uncertain uncertain, Interrupt ask) {
        if (uncertain == Uncertain.FAIL) {
            throw new StudioException(
                    ErrorCode.EFFECT_UNCERTAIN,
                    "Effect '" + key + "' was begun by a process that died, and nobody knows whether it happened",
                    "Find out; then edit the state and go on after the node, or declare the effect Uncertain.ASK or RETRY");
        }
        if (uncertain == Uncertain.RETRY) {
            return;
        }
        RawJson answer = answers.get(ask.id());
        if (answer == null) {
            throw new InterruptSignal(ask);
        }
        if (!isNull(answer)) {
            effect.value = answer;
            Objects.requireNonNull(journal).writeThrough(new EffectDone(key, answer));
        }
    }

    /** What the log will say is set before it is written, so that a snapshot taken in between says it too. */
    private <T> T perform(String key, Effect effect, EffectFunction<T> work) throws Exception {
        boolean claimed = effect.isClaimed;
        effect.isClaimed = true;
        if (journal != null && !claimed) {
            journal.writeThrough(new EffectClaimed(key));
        }
        T made;
        try {
            made = given(work.perform(idempotencyKey(key)), "effect '" + key + "'");
        } catch (Exception e) {
            if (!mayHaveHappened(e)) {
                release(key, effect);
            }
            throw e;
        }
        RawJson raw = journal == null ? null : journal.codec().raw(made);
        effect.value = raw == null ? made : raw;
        if (raw != null) {
            Objects.requireNonNull(journal).writeThrough(new EffectDone(key, raw));
        }
        return made;
    }

    private static boolean mayHaveHappened(Exception e) {
        return e instanceof InterruptedException
                || (e instanceof StudioException known && known.code() == ErrorCode.CANCELLED);
    }

    private void release(String key, Effect effect) {
        effect.isClaimed = false;
        if (journal != null) {
            journal.writeThrough(new EffectReleased(key));
        }
    }

    private String idempotencyKey(String key) {
        return journal == null
                ? key
                : journal.key().tenant() + "/" + journal.key().thread() + "/" + key;
    }

    <T> T answer(Interrupt interrupt, Class<T> type) {
        RawJson answer = answers.get(interrupt.id());
        if (answer == null) {
            throw new InterruptSignal(interrupt);
        }
        return typed(answer, type);
    }

    /** Whether someone let the run pass an interrupt before a node. */
    boolean isAnswered(String interrupt) {
        return answers.containsKey(interrupt);
    }

    Map<TaskKey, Map<String, RawJson>> savedMemos() {
        Map<TaskKey, Map<String, RawJson>> saved = new HashMap<>();
        memos.forEach((task, values) -> {
            Map<String, RawJson> raw = new HashMap<>();
            values.forEach((name, value) -> raw.put(name, (RawJson) value));
            saved.put(task, raw);
        });
        return saved;
    }

    Map<String, Optional<RawJson>> savedEffects() {
        Map<String, Optional<RawJson>> saved = new HashMap<>();
        effects.forEach((key, effect) -> {
            if (effect.isClaimed) {
                saved.put(key, Optional.ofNullable((RawJson) effect.value));
            }
        });
        return saved;
    }

    Map<String, RawJson> savedAnswers() {
        return Map.copyOf(answers);
    }

    private <T> T typed(Object value, Class<T> type) {
        if (value instanceof RawJson raw && journal != null) {
            return journal.codec().decode(raw, type);
        }
        return type.cast(value);
    }

    private static <T> T given(@Nullable T value, String where) {
        if (value == null) {
            throw new StudioException(
                    ErrorCode.NODE_FAILED, "The " + where + " returned null", "Return a value, such as true");
        }
        return value;
    }

    private static boolean isNull(RawJson raw) {
        return new String(raw.utf8(), StandardCharsets.UTF_8).equals("null");
    }

    /** One effect; its lock is held while it is performed, so that a second caller waits for the result. */
    private static final class Effect {
        private final ReentrantLock lock = new ReentrantLock();
        private volatile boolean isClaimed;
        private volatile @Nullable Object value;

        Effect() {}

        Effect(Optional<RawJson> saved) {
            isClaimed = true;
            value = saved.orElse(null);
        }
    }
}
