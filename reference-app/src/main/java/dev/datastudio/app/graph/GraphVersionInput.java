package dev.datastudio.app.graph;

import org.jspecify.annotations.Nullable;

/**
 * A version to be made.
 *
 * @param note what it is about, at most 4,000 characters
 */
record GraphVersionInput(@Nullable String note) {}
