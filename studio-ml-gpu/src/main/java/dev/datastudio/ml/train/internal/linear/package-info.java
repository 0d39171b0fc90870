/** Models that add up what features weigh. Row A3. */
@NullMarked
package dev.datastudio.ml.train.internal.linear;

import org.jspecify.annotations.NullMarked;
