@NullMarked
package dev.datastudio.agents.graph;

import org.jspecify.annotations.NullMarked;
