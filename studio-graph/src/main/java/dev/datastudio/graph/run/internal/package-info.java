/** How a run goes through its super-steps; not part of the API. */
@NullMarked
package dev.datastudio.graph.run.internal;

import org.jspecify.annotations.NullMarked;
