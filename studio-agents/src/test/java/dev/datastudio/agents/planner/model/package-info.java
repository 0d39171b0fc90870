@NullMarked
package dev.datastudio.agents.planner.model;

import org.jspecify.annotations.NullMarked;
