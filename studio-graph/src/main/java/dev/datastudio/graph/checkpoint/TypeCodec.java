package dev.datastudio.graph.checkpoint;

/**
 * How values of a class that has no JSON form of its own are kept in a thread's log, such as messages of a model library.
 * Give it to {@code GraphBuilder.types(TypeCodec...)}. Thread-safe.
 *
 * @param <T> what it writes and reads
 */
public interface TypeCodec<T> {
    /** The class whose values, and whose subclasses' values, it writes. */
    Class<T> type();

    /** The name by which the log knows the class: unique in the graph, and the same for as long as threads are kept. */
    String name();

    /**
     * A value as text. It is kept as it is, so it may have any form; JSON is usual.
     *
     * @throws RuntimeException if it can't be written; the run then fails with TYPE_NOT_STORABLE
     */
    String write(T value);

    /**
     * The value that {@link #write} made the text of.
     *
     * @param text what {@link #write} gave, possibly years ago
     * @throws RuntimeException if it can't be read; the run then fails with GRAPH_VERSION_MISMATCH
     */
    T read(String text);
}
