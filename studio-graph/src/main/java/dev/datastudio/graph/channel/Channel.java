package dev.datastudio.graph.channel;

import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;

/**
 * One named, typed part of a graph's state, and the rule by which writes to it are combined. Keep it in a constant and
 * use it in as many graphs as you like: it holds no value itself. Immutable.
 *
 * <p>A value that was written must not be changed afterwards, a List or a Map neither: all views share it, and the log of
 * a run with a thread has it as it was at the end of its step.
 *
 * @param <T> what a view gives for it
 */
public abstract sealed class Channel<T> permits LastChannel, AppendChannel, ReduceChannel {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

    private final String name;

    Channel(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name must be 1 to 64 letters, digits or '_', beginning with a letter, was '" + name + "'");
        }
        this.name = name;
    }

    /**
     * A channel that holds the last value set, and none before the first.
     *
     * @param name 1 to 64 letters, digits or '_', beginning with a letter
     * @param type class of the values, not primitive
     */
    public static <T> LastChannel<T> last(String name, Class<T> type) {
        return new LastChannel<>(name, boxed(type), Optional.empty());
    }

    /** As {@link #last(String, Class)}, with a value that is there from the beginning. */
    public static <T> LastChannel<T> last(String name, Class<T> type, T initial) {
        return new LastChannel<>(name, boxed(type), Optional.of(initial));
    }

    /**
     * A channel that holds all elements added, in order: by super-step, then by node in the order of declaration, then
     * by task of a fan-out. Adding costs the elements added, not the length of the list.
     *
     * @param name 1 to 64 letters, digits or '_', beginning with a letter
     * @param elementType class of the elements, not primitive
     */
    public static <E> AppendChannel<E> append(String name, Class<E> elementType) {
        return new AppendChannel<>(name, boxed(elementType));
    }

    /**
     * A channel that folds each value added into the one it holds.
     *
     * @param name 1 to 64 letters, digits or '_', beginning with a letter
     * @param type class of the values, not primitive
     * @param initial held before the first value is added
     * @param reducer called with the held and the added value; must not change either, and should be associative
     */
    public static <T> ReduceChannel<T> reduce(String name, Class<T> type, T initial, BinaryOperator<T> reducer) {
        return new ReduceChannel<>(name, boxed(type), initial, reducer);
    }

    /** Unique within a graph. */
    public final String name() {
        return name;
    }

    /** The class of what a view gives for this channel. */
    public abstract Class<?> type();

    @Override
    public final String toString() {
        return name;
    }

    final <V> V checked(Class<V> type, V value) {
        if (value == null) {
            throw new NullPointerException("value of channel '" + name + "' must not be null");
        }
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("value of channel '" + name + "' must be a " + type.getName()
                    + ", was a " + value.getClass().getName());
        }
        return value;
    }

    private static <T> Class<T> boxed(Class<T> type) {
        if (type.isPrimitive()) {
            throw new IllegalArgumentException(
                    "type must not be primitive, was '" + type + "'; use its wrapper such as Integer.class");
        }
        return type;
    }
}
