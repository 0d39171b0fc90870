package dev.datastudio.graph.channel;

import java.util.Collection;
import java.util.List;

/** What a node changes: writes that are applied together at the end of its super-step. Immutable. */
public final class Update {
    private static final Update NONE = new Update(List.of());

    private final List<Write> writes;

    private Update(List<Write> writes) {
        this.writes = writes;
    }

    /** The update that changes nothing. */
    public static Update none() {
        return NONE;
    }

    /** An update of one write. */
    public static Update of(Write write) {
        return new Update(List.of(write));
    }

    /**
     * An update of several writes, applied in their order.
     *
     * @throws IllegalArgumentException if a channel made by {@link Channel#last} is set twice
     */
    public static Update of(Write... writes) {
        return of(List.of(writes));
    }

    /** As {@link #of(Write...)}. */
    public static Update of(Collection<Write> writes) {
        List<Write> copy = List.copyOf(writes);
        for (int i = 1; i < copy.size(); i++) {
            requireSetOnce(copy, i);
        }
        return new Update(copy);
    }

    /** The writes, in the order in which they are applied. */
    public List<Write> writes() {
        return writes;
    }

    /** Whether both make equal writes in the same order. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Update update && writes.equals(update.writes);
    }

    @Override
    public int hashCode() {
        return writes.hashCode();
    }

    @Override
    public String toString() {
        return "Update" + writes;
    }

    private static void requireSetOnce(List<Write> writes, int at) {
        Channel<?> channel = writes.get(at).channel();
        if (!(channel instanceof LastChannel<?>)) {
            return;
        }
        for (int i = 0; i < at; i++) {
            if (writes.get(i).channel().name().equals(channel.name())) {
                throw new IllegalArgumentException(
                        "writes must set channel '" + channel.name() + "' at most once; keep the last value only");
            }
        }
    }
}
