/** What Lucene loads by name; not for users. */
@NullMarked
package dev.datastudio.rag.index.internal;

import org.jspecify.annotations.NullMarked;
