/**
 * Search indexes: {@link dev.datastudio.rag.index.LuceneSearchIndex} keeps passages in files and finds them by words and
 * by meaning, without a server; {@link dev.datastudio.rag.index.ChromaSearchIndex} keeps them on a Chroma server and finds
 * them by meaning; {@link dev.datastudio.rag.index.PostgresSearchIndex} keeps them in PostgreSQL and finds them by words, with
 * pgvector also by meaning; {@link dev.datastudio.rag.index.CombinedSearchIndex} makes one of two.
 */
@NullMarked
package dev.datastudio.rag.index;

import org.jspecify.annotations.NullMarked;
