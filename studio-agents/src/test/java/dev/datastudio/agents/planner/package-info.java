@NullMarked
package dev.datastudio.agents.planner;

import org.jspecify.annotations.NullMarked;
