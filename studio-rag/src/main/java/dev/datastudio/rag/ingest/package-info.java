/** Brings documents in: parse, chunk, embed, store. */
@NullMarked
package dev.datastudio.rag.ingest;

import org.jspecify.annotations.NullMarked;
