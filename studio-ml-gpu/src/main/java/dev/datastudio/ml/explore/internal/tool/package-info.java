/** The tools that explore data. Not for use outside the module. */
@NullMarked
package dev.datastudio.ml.explore.internal.tool;

import org.jspecify.annotations.NullMarked;
