package dev.datastudio.graph.internal.log;

import org.jspecify.annotations.Nullable;

/** How values of one declared type are written and read. Immutable. */
abstract class ValueCodec {
    abstract void write(Object value, JsonOut out);

    /** @throws UnreadableException if that is no value of the type */
    abstract Object read(Object tree);

    final void writeNullable(@Nullable Object value, JsonOut out) {
        if (value == null) {
            out.nothing();
        } else {
            write(value, out);
        }
    }

    final @Nullable Object readNullable(@Nullable Object tree) {
        return tree == null ? null : read(tree);
    }

    static <T> T expect(Class<T> form, Object tree) {
        if (!form.isInstance(tree)) {
            throw new UnreadableException("it has a " + tree.getClass().getSimpleName() + " where a "
                    + form.getSimpleName() + " is expected");
        }
        return form.cast(tree);
    }
}
