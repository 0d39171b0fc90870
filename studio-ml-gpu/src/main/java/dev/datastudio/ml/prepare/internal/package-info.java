/** Columns of data sets as numbers: read, encoded, scaled, the same way in training and in prediction. Row A24. */
@NullMarked
package dev.datastudio.ml.prepare.internal;

import org.jspecify.annotations.NullMarked;
