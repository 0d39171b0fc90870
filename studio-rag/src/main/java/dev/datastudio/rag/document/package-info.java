/** Which documents there are, in which version, and how their ingestion goes. */
@NullMarked
package dev.datastudio.rag.document;

import org.jspecify.annotations.NullMarked;
