package dev.datastudio.graph.run.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.EffectFunction;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.Uncertain;
import dev.datastudio.graph.event.Interrupt;
import dev.datastudio.graph.event.RunEvent.Custom;
import dev.datastudio.graph.event.RunEvent.TokenProduced;
import dev.datastudio.graph.event.RunId;
import dev.datastudio.graph.internal.Task;
import dev.datastudio.graph.internal.log.TaskKey;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/** What a node sees of its run. Immutable. */
final class TaskContext implements NodeContext {
    private static final int MAX_KEY_LENGTH = 500;

    private final StepLoop loop;
    private final Task task;
    private final int step;
    private final int attempt;

    TaskContext(StepLoop loop, Task task, int step, int attempt) {
        this.loop = loop;
        this.task = task;
        this.step = step;
        this.attempt = attempt;
    }

    @Override
    public RunId run() {
        return loop.run().id();
    }

    @Override
    public Caller caller() {
        return loop.run().caller();
    }

    @Override
    public String node() {
        return task.node().name();
    }

    @Override
    public int superStep() {
        return step;
    }

    @Override
    public int task() {
        return task.number();
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public Cancellation cancellation() {
        return loop.run().cancellation();
    }

    @Override
    public <T> T input(Class<T> type) {
        Object input = task.input();
        if (input == Task.NO_INPUT) {
            throw new IllegalStateException("node '" + node()
                    + "' was not reached by a fan-out or an error, so it has no input; read its channels instead");
        }
        if (!type.isInstance(input)) {
            throw new IllegalStateException(
                    "input of node '" + node() + "' is a " + input.getClass().getName() + ", not a " + type.getName());
        }
        return type.cast(input);
    }

    @Override
    public <T> T step(String name, Class<T> type, Callable<T> work) throws Exception {
        requireKey("name", name);
        return loop.run().ledger().step(key(), name, Objects.requireNonNull(type, "type"), work);
    }

    private TaskKey key() {
        return new TaskKey(loop.path(), step, node(), task());
    }

    @Override
    public <T> T effect(String key, Class<T> type, Uncertain uncertain, EffectFunction<T> work) throws Exception {
        requireKey("key", key);
        if (key.startsWith(Compensations.KEY_PREFIX)) {
            throw new IllegalArgumentException(
                    "key must not begin with '" + Compensations.KEY_PREFIX + "', was '" + key + "'");
        }
        Interrupt ask = asked(Interrupt.Kind.EFFECT, key, Optional.empty(), type);
        return loop.run().ledger().effect(key, type, uncertain, work, ask);
    }

    @Override
    public <T> T interrupt(String key, Object question, Class<T> type) {
        requireKey("key", key);
        Objects.requireNonNull(question, "question");
        if (loop.run().log() == null) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Node '" + node() + "' asks '" + key + "', but the run has no thread to be resumed by",
                    "Start it with RunOptions.thread and an engine with a store");
        }
        return loop.run().ledger().answer(asked(Interrupt.Kind.QUESTION, key, Optional.of(question), type), type);
    }

    private Interrupt asked(Interrupt.Kind kind, String key, Optional<Object> question, Class<?> type) {
        String id = key().interruptId(key);
        return new Interrupt(id, loop.nodeName(task), step, task(), kind, key, question, type.getName());
    }

    private static void requireKey(String name, String value) {
        if (value.isEmpty() || value.length() > MAX_KEY_LENGTH) {
            throw new IllegalArgumentException(
                    name + " must have 1 to " + MAX_KEY_LENGTH + " characters, had " + value.length());
        }
    }

    @Override
    public void token(String text) {
        Objects.requireNonNull(text, "text");
        if (loop.run().events().wanted()) {
            String node = loop.nodeName(task);
            loop.run().events().add((id, n, at) -> new TokenProduced(id, n, at, step, node, task.number(), text));
        }
    }

    @Override
    public void emit(Object value) {
        Objects.requireNonNull(value, "value");
        if (loop.run().events().wanted()) {
            String node = loop.nodeName(task);
            loop.run().events().add((id, n, at) -> new Custom(id, n, at, step, node, task.number(), value));
        }
    }

    @Override
    public void spend(long tokens, double cost) {
        loop.run().meter().spend(tokens, cost);
    }
}
