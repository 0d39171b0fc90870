package dev.datastudio.graph.internal.log;

/** Leads a thread that an older version of a graph wrote to the version of now. */
final class Migration {
    private Migration() {}

    static void lead(LogFold fold, GraphCodec codec) {}
}
