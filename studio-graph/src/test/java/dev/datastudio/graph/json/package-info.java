@NullMarked
package dev.datastudio.graph.json;

import org.jspecify.annotations.NullMarked;
