/**
 * Search indexes: {@link dev.datastudio.rag.index.LuceneSearchIndex} keeps passages in files and finds them by words and
 * by meaning, without a server.
 */
@NullMarked
package dev.datastudio.rag.index;

import org.jspecify.annotations.NullMarked;
