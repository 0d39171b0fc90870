package dev.datastudio.ml.left;

import dev.datastudio.ml.right.Right;

/** One half of a planted cycle. */
public final class Left {
    public Class<?> other() {
        return Right.class;
    }
}
