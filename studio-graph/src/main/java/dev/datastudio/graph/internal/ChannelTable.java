package dev.datastudio.graph.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.ReduceChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives each channel of a graph its place in the state. Immutable. */
final class ChannelTable {
    private final String graph;
    private final List<Channel<?>> channels;
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<Integer, Integer> copies;

    ChannelTable(String graph, List<Channel<?>> channels) {
        this(graph, channels, Map.of());
    }

    /** @param copies for the place of a channel that of another which takes the same writes */
    ChannelTable(String graph, List<Channel<?>> channels, Map<Integer, Integer> copies) {
        this.graph = graph;
        this.channels = List.copyOf(channels);
        this.copies = copies;
        for (int i = 0; i < channels.size(); i++) {
            places.putIfAbsent(channels.get(i).name(), i);
        }
    }

    List<Channel<?>> channels() {
        return channels;
    }

    String graph() {
        return graph;
    }

    boolean hasCopies() {
        return !copies.isEmpty();
    }

    /** The place of the channel that takes the same writes, or -1. */
    int copy(int place) {
        return copies.getOrDefault(place, -1);
    }

    Optional<Channel<?>> find(String name) {
        return Optional.ofNullable(places.get(name)).map(channels::get);
    }

    /** The place of a channel, by its name; another object of the same kind and type is the same channel. */
    int place(Channel<?> channel) {
        Integer place = places.get(channel.name());
        if (place == null) {
            throw new StudioException(
                    ErrorCode.GRAPH_INVALID,
                    "Channel '" + channel.name() + "' is not in graph '" + graph + "'",
                    "Add it to channels(...) of the graph, or use one of " + channels);
        }
        Channel<?> declared = channels.get(place);
        if (declared != channel && !same(declared, channel)) {
            throw new StudioException(
                    ErrorCode.GRAPH_INVALID,
                    "Channel '" + channel.name() + "' is declared with another kind or type in graph '" + graph + "'",
                    "Use the channel object that was given to channels(...)");
        }
        return place;
    }

    State initial() {
        Object[] values = new Object[channels.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = initial(channels.get(i));
        }
        return new State(this, values);
    }

    private static Object initial(Channel<?> channel) {
        if (channel instanceof LastChannel<?> last) {
            return last.initial().isPresent() ? last.initial().get() : State.NO_VALUE;
        }
        if (channel instanceof ReduceChannel<?> reduce) {
            return reduce.initial();
        }
        if (channel instanceof AppendChannel<?>) {
            return AppendList.EMPTY;
        }
        throw new AssertionError(channel);
    }

    /** Whether two channels of one name are the same to a table. */
    static boolean same(Channel<?> a, Channel<?> b) {
        return a.getClass() == b.getClass() && elementType(a) == elementType(b);
    }

    private static Class<?> elementType(Channel<?> channel) {
        return channel instanceof AppendChannel<?> append ? append.elementType() : channel.type();
    }
}
