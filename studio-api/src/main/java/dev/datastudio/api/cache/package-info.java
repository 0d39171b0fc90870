/**
 * Results that are kept so that they need not be computed again: {@link dev.datastudio.api.cache.ResultCache} and its
 * {@link dev.datastudio.api.cache.CacheKey}s.
 */
@NullMarked
package dev.datastudio.api.cache;

import org.jspecify.annotations.NullMarked;
