/** How saved graphs are read, checked and made into graphs of the engine. */
@NullMarked
package dev.datastudio.graph.json.internal;

import org.jspecify.annotations.NullMarked;
