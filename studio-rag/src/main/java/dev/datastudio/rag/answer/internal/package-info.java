/** Asking a model for quotes, and finding them again. */
@NullMarked
package dev.datastudio.rag.answer.internal;

import org.jspecify.annotations.NullMarked;
