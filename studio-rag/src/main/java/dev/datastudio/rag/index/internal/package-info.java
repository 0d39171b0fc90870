/** What Lucene loads by name, and a client of Chroma's API v2; not for users. */
@NullMarked
package dev.datastudio.rag.index.internal;

import org.jspecify.annotations.NullMarked;
