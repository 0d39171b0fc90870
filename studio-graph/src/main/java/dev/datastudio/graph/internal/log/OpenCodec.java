package dev.datastudio.graph.internal.log;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values whose type is not declared: text, truth values, Integers and lists as they are, everything else as an object of
 * one key, which names a type of the registry. Immutable.
 */
final class OpenCodec extends ValueCodec {
    private final ValueTypes types;
    private final Class<?> bound;
    private final Containers.OfList list;

    OpenCodec(ValueTypes types, Class<?> bound) {
        this.types = types;
        this.bound = bound;
        this.list = new Containers.OfList(bound == Object.class ? this : types.open());
    }

    @Override
    void write(Object value, JsonOut out) {
        ValueCodec plain = plain(value);
        if (plain != null) {
            plain.write(value, out);
            return;
        }
        ValueTypes.Tagged tagged = types.tagOf(value);
        out.beginObject();
        out.key(tagged.name());
        tagged.codec().write(value, out);
        out.endObject();
    }

    private @Nullable ValueCodec plain(Object value) {
        if (value instanceof String) {
            return Scalars.STRING;
        }
        if (value instanceof Boolean) {
            return Scalars.BOOLEAN;
        }
        if (value instanceof Integer) {
            return Scalars.INTEGER;
        }
        return value instanceof java.util.List<?> && types.isPlainList(value) ? list : null;
    }

    @Override
    Object read(Object tree) {
        Object value = value(tree);
        if (!bound.isInstance(value)) {
            throw new UnreadableException(
                    "it has a " + value.getClass().getSimpleName() + ", which is no " + bound.getSimpleName());
        }
        return value;
    }

    private Object value(Object tree) {
        if (tree instanceof Long) {
            return Scalars.INTEGER.read(tree);
        }
        if (tree instanceof java.util.List<?>) {
            return list.read(tree);
        }
        if (!(tree instanceof Map<?, ?> map)) {
            return tree;
        }
        if (map.size() == 1) {
            Map.Entry<?, ?> only = map.entrySet().iterator().next();
            Object inner = only.getValue();
            if (inner != null) {
                return types.tagged((String) only.getKey()).read(inner);
            }
        }
        throw new UnreadableException("it has a value tagged " + map.keySet() + ", which is not one type");
    }
}
