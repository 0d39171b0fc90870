/** How graphs of a studio are kept and run, and the nodes that they may be made of. */
@NullMarked
package dev.datastudio.agents.graph.internal;

import org.jspecify.annotations.NullMarked;
