package dev.datastudio.graph.channel;

import java.util.List;

/** A channel that holds all elements added, in a fixed order. Immutable. */
public final class AppendChannel<E> extends Channel<List<E>> {
    private final Class<E> elementType;

    AppendChannel(String name, Class<E> elementType) {
        super(name);
        this.elementType = elementType;
    }

    /** A write that adds one element at the end; it takes effect when a node returns it in its update. */
    public Write add(E element) {
        return new Write(this, List.of(checked(elementType, element)));
    }

    /** A write that adds elements at the end, in the order of the list. */
    public Write addAll(List<? extends E> elements) {
        List<E> copy = List.copyOf(elements);
        copy.forEach(element -> checked(elementType, element));
        return new Write(this, copy);
    }

    @Override
    public Class<?> type() {
        return List.class;
    }

    /** The class of the elements. */
    public Class<E> elementType() {
        return elementType;
    }
}
