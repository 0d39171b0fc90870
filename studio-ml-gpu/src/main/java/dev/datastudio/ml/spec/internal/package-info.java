/** How specs are read. Not for use outside the module. */
@NullMarked
package dev.datastudio.ml.spec.internal;

import org.jspecify.annotations.NullMarked;
