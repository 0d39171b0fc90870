/** Deletes what is older than somebody wants to keep it: {@link dev.datastudio.core.retention.Retention}. */
@NullMarked
package dev.datastudio.core.retention;

import org.jspecify.annotations.NullMarked;
