package dev.datastudio.graph.internal.log;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.checkpoint.TypeCodec;
import java.util.Objects;

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
        T typed = codec.type().cast(value);
        try {
            return Objects.requireNonNull(codec.write(typed), "it gave null");
        } catch (RuntimeException e) {
            throw new StudioException(
                    ErrorCode.TYPE_NOT_STORABLE,
                    "The codec '" + codec.name() + "' can't write a value of class '"
                            + value.getClass().getName() + "': " + StudioException.quote(e.getMessage()),
                    "Mend the codec given to types(...), so that it writes every value of '"
                            + codec.type().getName() + "'",
                    e);
        }
    }

    @Override
    Object read(Object tree) {
        String text = expect(String.class, tree);
        try {
            return Objects.requireNonNull(codec.type().cast(codec.read(text)), "it gave null");
        } catch (RuntimeException e) {
            throw new UnreadableException("the codec '" + codec.name() + "' can't read what it wrote", e);
        }
    }
}
