/** Answers out of documents, each statement with the exact words that it rests on. */
@NullMarked
package dev.datastudio.rag.answer;

import org.jspecify.annotations.NullMarked;
