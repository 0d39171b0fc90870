package dev.datastudio.graph.channel;

import java.util.Optional;

/** A channel that holds the last value set; at most one task of a super-step may set it. Immutable. */
public final class LastChannel<T> extends Channel<T> {
    private final Class<T> type;
    private final Optional<T> initial;

    LastChannel(String name, Class<T> type, Optional<T> initial) {
        super(name);
        this.type = type;
        this.initial = initial.isPresent() ? Optional.of(checked(type, initial.get())) : initial;
    }

    /** A write that replaces the value; it takes effect when a node returns it in its update. */
    public Write set(T value) {
        return new Write(this, checked(type, value));
    }

    @Override
    public Class<T> type() {
        return type;
    }

    /** The value before the first one is set, if there is one. */
    public Optional<T> initial() {
        return initial;
    }
}
