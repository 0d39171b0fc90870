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

    /** Whether both write an equal value to a channel of the same name. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Write write && channel.name().equals(write.channel.name()) && value.equals(write.value);
    }

    @Override
    public int hashCode() {
        return 31 * channel.name().hashCode() + value.hashCode();
    }

    @Override
    public String toString() {
        return channel.name() + " <- " + value;
    }
}
