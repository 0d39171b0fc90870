@NullMarked
package dev.datastudio.agents.mcp;

import org.jspecify.annotations.NullMarked;
