/** How rows are summed up and compared. */
@NullMarked
package dev.datastudio.ml.drift.internal;

import org.jspecify.annotations.NullMarked;
