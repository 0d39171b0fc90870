package dev.datastudio.graph.json.internal;

/** Names of the ports of a map node. */
final class MapNodes {
    static final String ITEMS = "items";
    static final String RESULTS = "results";

    private MapNodes() {}
}
