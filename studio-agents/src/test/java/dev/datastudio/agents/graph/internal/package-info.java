@NullMarked
package dev.datastudio.agents.graph.internal;

import org.jspecify.annotations.NullMarked;
