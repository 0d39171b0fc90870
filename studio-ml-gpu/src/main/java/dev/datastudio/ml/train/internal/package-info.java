/** Finds the learner of each algorithm; with those that stand alone. Rows A3, A4. */
@NullMarked
package dev.datastudio.ml.train.internal;

import org.jspecify.annotations.NullMarked;
