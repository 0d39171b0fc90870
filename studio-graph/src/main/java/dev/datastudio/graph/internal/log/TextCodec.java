package dev.datastudio.graph.internal.log;

import java.util.function.Function;

/** Values that have an exact text. Immutable. */
final class TextCodec<T> extends ValueCodec {
    private final Class<T> type;
    private final Function<T, String> writer;
    private final Function<String, T> reader;

    TextCodec(Class<T> type, Function<T, String> writer, Function<String, T> reader) {
        this.type = type;
        this.writer = writer;
        this.reader = reader;
    }

    Class<T> type() {
        return type;
    }

    @Override
    void write(Object value, JsonOut out) {
        out.string(writer.apply(type.cast(value)));
    }

    @Override
    Object read(Object tree) {
        String text = expect(String.class, tree);
        try {
            return type.cast(reader.apply(text));
        } catch (RuntimeException e) {
            throw new UnreadableException("it has a text that is no " + type.getSimpleName(), e);
        }
    }
}
