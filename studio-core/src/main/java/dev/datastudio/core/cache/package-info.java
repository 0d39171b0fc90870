/**
 * Results that are not computed twice: kept over a restart by {@link dev.datastudio.core.cache.SqliteResultCache},
 * shared while they are being computed by {@link dev.datastudio.core.cache.SingleFlight}, and both together for live
 * objects by {@link dev.datastudio.core.cache.TypedCache}.
 */
@NullMarked
package dev.datastudio.core.cache;

import org.jspecify.annotations.NullMarked;
