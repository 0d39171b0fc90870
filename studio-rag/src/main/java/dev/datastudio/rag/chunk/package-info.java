/** Cutting the text of a document into passages that fit an embedding model. */
@NullMarked
package dev.datastudio.rag.chunk;

import org.jspecify.annotations.NullMarked;
