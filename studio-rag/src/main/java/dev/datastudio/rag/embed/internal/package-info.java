/** What calls of foreign models share. */
@NullMarked
package dev.datastudio.rag.embed.internal;

import org.jspecify.annotations.NullMarked;
