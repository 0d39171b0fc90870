package dev.datastudio.ml.right;

import dev.datastudio.ml.left.Left;

/** The other half of a planted cycle. */
public final class Right {
    public Class<?> other() {
        return Left.class;
    }
}
