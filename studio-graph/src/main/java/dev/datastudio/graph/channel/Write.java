package dev.datastudio.graph.channel;

/** One write to one channel, made by the channel itself, such as {@link LastChannel#set}. Immutable. */
public final class Write {
    private final Channel<?> channel;
    private final Object value;

    Write(Channel<?> channel, Object value) {
        this.channel = channel;
        this.value = value;
    }

    /** What is written to. */
    public Channel<?> channel() {
        return channel;
    }

    /** The value set or folded in; for an append channel the list of the elements added. */
    public Object value() {
        return value;
    }

    @Override
    public String toString() {
        return channel.name() + " <- " + value;
    }
}
