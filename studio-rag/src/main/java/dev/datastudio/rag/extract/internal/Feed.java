package dev.datastudio.rag.extract.internal;

import dev.datastudio.rag.extract.Block;
import dev.datastudio.rag.extract.DocumentMetadata;

/** Where the readers' blocks go. */
interface Feed {
    void begin(DocumentMetadata metadata);

    void accept(Block block);

    /** @throws ReadingHalted when nobody wants the text any more */
    void throwIfHalted();
}
