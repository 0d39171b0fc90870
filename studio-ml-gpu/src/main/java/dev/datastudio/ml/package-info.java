/**
 * Learning: models that are trained on data sets, judged beside a baseline, kept and used. {@link
 * dev.datastudio.ml.Training} is the way in.
 */
@NullMarked
package dev.datastudio.ml;

import org.jspecify.annotations.NullMarked;
