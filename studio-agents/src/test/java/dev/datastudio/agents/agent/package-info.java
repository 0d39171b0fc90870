@NullMarked
package dev.datastudio.agents.agent;

import org.jspecify.annotations.NullMarked;
