/**
 * Which embedder the features of a studio share: {@link dev.datastudio.core.embedding.EmbedderProvider}.
 */
@NullMarked
package dev.datastudio.core.embedding;

import org.jspecify.annotations.NullMarked;
