/** Reads, checks and describes the parameters of algorithms. */
@NullMarked
package dev.datastudio.ml.algorithm.internal;

import org.jspecify.annotations.NullMarked;
