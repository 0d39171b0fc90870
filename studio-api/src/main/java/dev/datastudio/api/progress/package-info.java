/** Progress of long work, and its cancellation. */
@NullMarked
package dev.datastudio.api.progress;

import org.jspecify.annotations.NullMarked;
