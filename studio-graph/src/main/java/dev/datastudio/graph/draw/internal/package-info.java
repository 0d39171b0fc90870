/** What is drawn, where it lies, and how it is written. */
@NullMarked
package dev.datastudio.graph.draw.internal;

import org.jspecify.annotations.NullMarked;
