/** Running graphs: an {@link dev.datastudio.graph.run.Engine} starts a {@link dev.datastudio.graph.run.Run}. */
@NullMarked
package dev.datastudio.graph.run;

import org.jspecify.annotations.NullMarked;
