/** How documents are kept. */
@NullMarked
package dev.datastudio.rag.document.internal;

import org.jspecify.annotations.NullMarked;
