package dev.datastudio.graph;

import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What a sub-graph gets from the graph around it, and gives back. Immutable.
 *
 * @param <A> the sub-graph's input
 * @param <B> the sub-graph's output
 */
public sealed interface Mapping<A, B> {
    /**
     * A sub-graph with a state of its own.
     *
     * @param in its input, from the state around it and the context of the node that it stands for, which has the item
     *     of a fan-out
     * @param out what its output changes around it
     */
    static <A, B> Mapping<A, B> of(BiFunction<View, NodeContext, A> in, Function<B, Update> out) {
        return new Mapped<>(in, out);
    }

    /**
     * A sub-graph that shares channels: each of its channels that the graph around it has too, by name, kind and type,
     * begins with the value there, and what is written to it is written there when the sub-graph ends. The components of
     * its input are read from the channels of their names around it; its output is not used.
     */
    static <A, B> Mapping<A, B> shared() {
        return new Shared<>();
    }

    /** Made by {@link Mapping#of}. */
    record Mapped<A, B>(BiFunction<View, NodeContext, A> in, Function<B, Update> out) implements Mapping<A, B> {
        public Mapped {
            Objects.requireNonNull(in, "in");
            Objects.requireNonNull(out, "out");
        }
    }

    /** Made by {@link Mapping#shared}. */
    record Shared<A, B>() implements Mapping<A, B> {}
}
