/** Documents: read, cut into passages, found again by words and meaning, and quoted in answers. */
@NullMarked
package dev.datastudio.rag;

import org.jspecify.annotations.NullMarked;
