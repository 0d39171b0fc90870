/** How runs of graphs are kept: stores, and codecs for types that have no JSON form of their own. */
@NullMarked
package dev.datastudio.graph.checkpoint;

import org.jspecify.annotations.NullMarked;
