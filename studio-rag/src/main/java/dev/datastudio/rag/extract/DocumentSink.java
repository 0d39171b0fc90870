package dev.datastudio.rag.extract;

/**
 * Told what a document holds while it is read, in reading order. Called on one thread; may block, which holds the
 * reading up, but counts as time of the file.
 */
public interface DocumentSink {
    /**
     * What is known of the document before its first block; called once, and not at all when it has no block. The number
     * of pages and the language are known at the end only, see {@link Extraction#metadata()}.
     */
    default void begin(DocumentMetadata metadata) {}

    /** The next part of the document. */
    void accept(Block block);
}
