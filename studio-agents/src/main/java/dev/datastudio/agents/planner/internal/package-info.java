/** How the built-in planner works: words, links, slots, readings; named by no public signature. */
@NullMarked
package dev.datastudio.agents.planner.internal;

import org.jspecify.annotations.NullMarked;
