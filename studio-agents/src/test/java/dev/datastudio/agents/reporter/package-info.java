@NullMarked
package dev.datastudio.agents.reporter;

import org.jspecify.annotations.NullMarked;
