package dev.datastudio.spring;

import java.util.Objects;

/**
 * How a part of the studio does. Immutable.
 *
 * @param name of the part, such as {@code database}
 * @param state how it does
 * @param detail what it is, or what is wrong and how to mend it; without secrets
 */
public record ComponentHealth(String name, State state, String detail) {
    public ComponentHealth {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(detail, "detail");
    }

    /** How a part does. */
    public enum State {
        /** It works. */
        UP,
        /** It is wanted and does not work. */
        DOWN,
        /** It is not wanted, or not there; the rest works without it. */
        OFF
    }
}
