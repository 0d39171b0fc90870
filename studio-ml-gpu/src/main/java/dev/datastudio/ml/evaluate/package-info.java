/** How good a model is on rows that it has never seen, beside a baseline. Row A5. */
@NullMarked
package dev.datastudio.ml.evaluate;

import org.jspecify.annotations.NullMarked;
