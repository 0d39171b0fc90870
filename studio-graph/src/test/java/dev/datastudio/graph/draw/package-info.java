@NullMarked
package dev.datastudio.graph.draw;

import org.jspecify.annotations.NullMarked;
