@NullMarked
package dev.datastudio.agents.thought;

import org.jspecify.annotations.NullMarked;
