package dev.datastudio.graph.planted;

import dev.datastudio.core.planted.KnowsGraph;

/** A planted arrow that points sideways. */
public final class KnowsCore {
    public void visit(KnowsGraph other) {
        other.visit(this);
    }
}
