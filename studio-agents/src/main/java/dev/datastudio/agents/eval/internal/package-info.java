/** Readers of set formats, comparison of answers and the run over a set. */
@NullMarked
package dev.datastudio.agents.eval.internal;

import org.jspecify.annotations.NullMarked;
