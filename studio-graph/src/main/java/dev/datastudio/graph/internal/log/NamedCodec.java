package dev.datastudio.graph.internal.log;

import dev.datastudio.graph.checkpoint.TypeCodec;

/** Values that a host program's codec writes and reads as text. Immutable. */
final class NamedCodec extends ValueCodec {
    private final TypeCodec<?> codec;

    NamedCodec(TypeCodec<?> codec) {
        this.codec = codec;
    }

    String name() {
        return codec.name();
    }

    Class<?> type() {
        return codec.type();
    }

    @Override
    void write(Object value, JsonOut out) {
        out.string(written(codec, value));
    }

    private static <T> String written(TypeCodec<T> codec, Object value) {
        return codec.write(codec.type().cast(value));
    }

    @Override
    Object read(Object tree) {
        String text = expect(String.class, tree);
        try {
            return codec.type().cast(codec.read(text));
        } catch (RuntimeException e) {
            throw new UnreadableException("the codec '" + codec.name() + "' can't read what it wrote", e);
        }
    }
}
