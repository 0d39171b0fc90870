@NullMarked
package dev.datastudio.agents.tool;

import org.jspecify.annotations.NullMarked;
