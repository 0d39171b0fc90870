package dev.datastudio.graph.channel;

import java.util.Objects;
import java.util.function.BinaryOperator;

/** A channel that folds each value added into the one it holds. Immutable. */
public final class ReduceChannel<T> extends Channel<T> {
    private final Class<T> type;
    private final T initial;
    private final BinaryOperator<T> reducer;

    ReduceChannel(String name, Class<T> type, T initial, BinaryOperator<T> reducer) {
        super(name);
        this.type = type;
        this.initial = checked(type, initial);
        this.reducer = Objects.requireNonNull(reducer, "reducer");
    }

    /** A write that folds a value in; it takes effect when a node returns it in its update. */
    public Write add(T value) {
        return new Write(this, checked(type, value));
    }

    @Override
    public Class<T> type() {
        return type;
    }

    /** The value before the first one is added. */
    public T initial() {
        return initial;
    }

    /** Combines the held with the added value. */
    public BinaryOperator<T> reducer() {
        return reducer;
    }
}
