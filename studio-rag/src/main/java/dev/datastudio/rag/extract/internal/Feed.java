package dev.datastudio.rag.extract.internal;

import dev.datastudio.rag.extract.Block;
import dev.datastudio.rag.extract.DocumentMetadata;

/** Where the readers' blocks go. */
interface Feed {
    void begin(DocumentMetadata metadata);

    void accept(Block block);

    /**
     * Stops here when nobody wants the text any more.
     *
     * @throws ReadingHalted when that is so
     */
    void throwIfHalted();
}
