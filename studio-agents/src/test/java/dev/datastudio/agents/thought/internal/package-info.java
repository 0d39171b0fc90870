@NullMarked
package dev.datastudio.agents.thought.internal;

import org.jspecify.annotations.NullMarked;
