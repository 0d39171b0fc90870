/** How rows are explored. Not for use outside the module. */
@NullMarked
package dev.datastudio.ml.explore.internal;

import org.jspecify.annotations.NullMarked;
