package dev.datastudio.graph.internal;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An immutable list that can be lengthened at the cost of the new elements only. Lists that grew from one another share
 * one array; each knows its own length and never looks beyond. Only the longest of them may write behind its end, which
 * {@code used} decides; a second list grown from a shorter one gets an array of its own.
 */
final class AppendList extends AbstractList<Object> implements RandomAccess {
    static final AppendList EMPTY = new AppendList(new Object[0], 0, new AtomicInteger());

    private final Object[] elements;
    private final int size;
    private final AtomicInteger used;

    private AppendList(Object[] elements, int size, AtomicInteger used) {
        this.elements = elements;
        this.size = size;
        this.used = used;
    }

    AppendList plus(List<?> more) {
        if (more.isEmpty()) {
            return this;
        }
        int length = size + more.size();
        if (length > elements.length || !used.compareAndSet(size, length)) {
            return grown(length).written(more, length);
        }
        return written(more, length);
    }

    private AppendList grown(int length) {
        int capacity = Math.max(length, Math.max(8, size + (size >> 1)));
        return new AppendList(Arrays.copyOf(Arrays.copyOf(elements, size), capacity), size, new AtomicInteger(length));
    }

    private AppendList written(List<?> more, int length) {
        for (int i = 0; i < more.size(); i++) {
            elements[size + i] = more.get(i);
        }
        return new AppendList(elements, length, used);
    }

    @Override
    public Object get(int index) {
        if (index >= size) {
            throw new IndexOutOfBoundsException("index must be below " + size + ", was " + index);
        }
        return elements[index];
    }

    @Override
    public int size() {
        return size;
    }
}
