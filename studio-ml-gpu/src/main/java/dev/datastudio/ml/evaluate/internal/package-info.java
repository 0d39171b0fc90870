/** Computes metrics. */
@NullMarked
package dev.datastudio.ml.evaluate.internal;

import org.jspecify.annotations.NullMarked;
