/** How graphs are checked and run; not part of the API. */
@NullMarked
package dev.datastudio.graph.internal;

import org.jspecify.annotations.NullMarked;
