/** What can go wrong: one unchecked root, {@link dev.datastudio.api.error.StudioException}, with a code and a mend. */
@NullMarked
package dev.datastudio.api.error;

import org.jspecify.annotations.NullMarked;
