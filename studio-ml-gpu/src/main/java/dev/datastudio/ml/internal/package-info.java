/** How a training goes from data set to model. */
@NullMarked
package dev.datastudio.ml.internal;

import org.jspecify.annotations.NullMarked;
