/** Looking at data before anything is done with it: {@link dev.datastudio.core.preview.Previews}. */
@NullMarked
package dev.datastudio.core.preview;

import org.jspecify.annotations.NullMarked;
