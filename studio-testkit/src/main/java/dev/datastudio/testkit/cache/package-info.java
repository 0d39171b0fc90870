/** What every result cache must do: {@link dev.datastudio.testkit.cache.ResultCacheContract}. */
@NullMarked
package dev.datastudio.testkit.cache;

import org.jspecify.annotations.NullMarked;
