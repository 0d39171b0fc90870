@NullMarked
package dev.datastudio.agents.ask;

import org.jspecify.annotations.NullMarked;
