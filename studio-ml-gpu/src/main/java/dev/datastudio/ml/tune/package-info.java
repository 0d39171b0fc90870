/** The search for a good spec within a budget. Row A25. */
@NullMarked
package dev.datastudio.ml.tune;

import org.jspecify.annotations.NullMarked;
