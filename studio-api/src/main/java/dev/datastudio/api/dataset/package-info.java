/** Datasets as values: {@link dev.datastudio.api.dataset.Dataset}, its columns, types and roles. */
@NullMarked
package dev.datastudio.api.dataset;

import org.jspecify.annotations.NullMarked;
