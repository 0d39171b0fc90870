/** SQL over datasets and sources: {@link dev.datastudio.api.query.QueryEngine}. */
@NullMarked
package dev.datastudio.api.query;

import org.jspecify.annotations.NullMarked;
