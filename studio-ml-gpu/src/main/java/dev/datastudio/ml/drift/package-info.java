/** Whether new rows look like those that a model learnt from. Row A6. */
@NullMarked
package dev.datastudio.ml.drift;

import org.jspecify.annotations.NullMarked;
