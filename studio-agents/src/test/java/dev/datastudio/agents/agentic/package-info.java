@NullMarked
package dev.datastudio.agents.agentic;

import org.jspecify.annotations.NullMarked;
