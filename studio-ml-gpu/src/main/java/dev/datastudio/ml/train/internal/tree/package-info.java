/** Trees of binned values: single, in forests and boosted, by our own engine and by XGBoost. Rows A3, A5. */
@NullMarked
package dev.datastudio.ml.train.internal.tree;

import org.jspecify.annotations.NullMarked;
