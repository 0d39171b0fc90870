/** What the documents of all callers share. */
@NullMarked
package dev.datastudio.rag.internal;

import org.jspecify.annotations.NullMarked;
