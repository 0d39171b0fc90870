package dev.datastudio.graph.channel;

import dev.datastudio.api.error.StudioException;
import java.util.Optional;

/** The state as it was when the super-step began. Immutable: later writes are seen only by later steps' views. */
public interface View {
    /**
     * The value of a channel.
     *
     * @throws StudioException with code GRAPH_INVALID if the channel has no value yet, or the graph has no such channel
     */
    <T> T get(Channel<T> channel);

    /**
     * The value of a channel, or empty when none was set yet; always present for append and reduce channels.
     *
     * @throws StudioException with code GRAPH_INVALID if the graph has no such channel
     */
    <T> Optional<T> find(Channel<T> channel);
}
