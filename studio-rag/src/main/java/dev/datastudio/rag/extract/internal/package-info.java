/** The readers of the formats, their limits, and what passes between the two processes. */
@NullMarked
package dev.datastudio.rag.extract.internal;

import org.jspecify.annotations.NullMarked;
