package dev.datastudio.core.planted;

import dev.datastudio.graph.planted.KnowsCore;

/** A planted arrow that points sideways. */
public final class KnowsGraph {
    public void visit(KnowsCore other) {
        other.visit(this);
    }
}
