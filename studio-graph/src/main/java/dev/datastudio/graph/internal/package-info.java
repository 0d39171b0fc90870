/** How graphs are checked, and the state they work on; not part of the API. */
@NullMarked
package dev.datastudio.graph.internal;

import org.jspecify.annotations.NullMarked;
