@NullMarked
package dev.datastudio.agents.planner.internal;

import org.jspecify.annotations.NullMarked;
