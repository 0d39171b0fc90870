/**
 * Texts as vectors whose direction follows their meaning, so that words can be linked to names that share no letter with
 * them. Nothing of Studio needs an embedder; where there is one, more words are understood.
 */
@NullMarked
package dev.datastudio.api.embedding;

import org.jspecify.annotations.NullMarked;
