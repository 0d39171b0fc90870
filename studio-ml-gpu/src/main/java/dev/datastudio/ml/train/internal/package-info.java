/** What learns: each algorithm fits a model on numbers, and the model predicts from numbers. Row A3. */
@NullMarked
package dev.datastudio.ml.train.internal;

import org.jspecify.annotations.NullMarked;
