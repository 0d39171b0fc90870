/**
 * Finding the passages that a question is about: a {@link dev.datastudio.rag.retrieve.Retriever} asks an index by words
 * and by meaning, fuses what both find ({@link dev.datastudio.rag.retrieve.Fusion}), may have a model rank it anew
 * ({@link dev.datastudio.rag.retrieve.Reranker}), and gives each passage with the scores that it stands on.
 */
@NullMarked
package dev.datastudio.rag.retrieve;

import org.jspecify.annotations.NullMarked;
