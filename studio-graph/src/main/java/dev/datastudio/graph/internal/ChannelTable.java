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
import org.jspecify.annotations.Nullable;

/** Gives each channel of a graph its place in the state. Immutable. */
final class ChannelTable {
    /** Up to this many channels, comparing each is faster than hashing a name; it is done several times a step. */
    private static final int FEW = 8;

    private final String graph;
    private final List<Channel<?>> channels;
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<Integer, Integer> copies;
    private final boolean hasCopies;
    private final Channel<?>[] first;

    ChannelTable(String graph, List<Channel<?>> channels) {
        this(graph, channels, Map.of());
    }

    /** @param copies for the place of a channel that of another which takes the same writes */
    ChannelTable(String graph, List<Channel<?>> channels, Map<Integer, Integer> copies) {
        this.graph = graph;
        this.channels = List.copyOf(channels);
        this.copies = copies;
        this.hasCopies = !copies.isEmpty();
        for (int i = 0; i < channels.size(); i++) {
            places.putIfAbsent(channels.get(i).name(), i);
        }
        first = this.channels.subList(0, Math.min(FEW, channels.size())).toArray(new Channel<?>[0]);
    }

    List<Channel<?>> channels() {
        return channels;
    }

    String graph() {
        return graph;
    }

    boolean hasCopies() {
        return hasCopies;
    }

    /** The place of the channel that takes the same writes, or -1. */
    int copy(int place) {
        return copies.getOrDefault(place, -1);
    }

    Optional<Channel<?>> find(String name) {
        Integer place = places.get(name);
        return place == null ? Optional.empty() : Optional.of(channels.get(place));
    }

    /** The place of a channel, by its name; another object of the same kind and type is the same channel. */
    int place(Channel<?> channel) {
        for (int i = 0; i < first.length; i++) {
            if (first[i] == channel) {
                return i;
            }
        }
        return placeByName(channel);
    }

    private int placeByName(Channel<?> channel) {
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

    /** The state with these values, in the order of the channels; null leaves a channel as it begins. */
    State restored(@Nullable Object[] given) {
        Object[] values = new Object[channels.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = given[i];
            if (value == null) {
                values[i] = initial(channels.get(i));
            } else {
                values[i] = value instanceof List<?> list && channels.get(i) instanceof AppendChannel<?>
                        ? AppendList.EMPTY.plus(list)
                        : value;
            }
        }
        return new State(this, values);
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
