/** What Lucene loads by name, a client of Chroma's API v2, and transactions of PostgreSQL; not for users. */
@NullMarked
package dev.datastudio.rag.index.internal;

import org.jspecify.annotations.NullMarked;
