/** How a tree of thoughts is searched; not part of the API. */
@NullMarked
package dev.datastudio.agents.thought.internal;

import org.jspecify.annotations.NullMarked;
